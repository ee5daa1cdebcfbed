import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import {
  type Attempt,
  EMPTY,
  type Interview,
  LOG,
  serialize,
  withAnswer,
  withInterview,
} from '../../site/progress/document.ts';
import { FILE_LIMIT } from '../../site/progress/file.ts';
import { quizSchema } from '../../site/quiz/schema.ts';
import { parseYaml } from '../../site/quiz/yaml.ts';

const files = globSync('content/quizzes/*.yaml');
const ids = files.flatMap((file) => {
  const parsed = parseYaml(file, readFileSync(file, 'utf8'));
  assert.ok('data' in parsed, file);
  return quizSchema.parse(parsed.data).questions.map(({ id }) => id);
});

test('progress with every list of attempts full, and 500 long interviews, can still be imported', () => {
  const log = Array.from({ length: LOG }, (_, n): Attempt => [1_795_000_000 + n, 3]);
  const at = '2026-11-19T08:00:00.000Z';
  let progress = EMPTY;
  for (const id of ids)
    progress = withAnswer(progress, id, {
      ...{ chosen: ['a-long-id', 'one-more-long-id'], right: true, tries: 99_999, rights: 99_999 },
      ...{ at, seed: 4_294_967_295, log },
    });
  const topics = files.map((file) => basename(file, '.yaml'));
  const results = ids.slice(0, 20).map((id): Interview['results'][number] => [id, 3]);
  for (let n = 0; n < 500; n += 1)
    progress = withInterview(progress, {
      ...{ at: new Date(Date.parse(at) - n * 1000).toISOString(), level: 'senior' },
      ...{ minutes: 40, seconds: 2400, topics, results },
    });
  const { length } = serialize(progress);
  assert.ok(length > 300_000, 'the document is full');
  assert.ok(length < FILE_LIMIT, `${length} characters`);
});
