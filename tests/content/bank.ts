import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { type Question, quizSchema } from '../../site/quiz/schema.ts';
import { parseYaml } from '../../site/quiz/yaml.ts';

/** Every question of the course, read from its file. */
export function allQuestions(): Question[] {
  return globSync('content/quizzes/*.yaml')
    .sort()
    .flatMap((file) => {
      const parsed = parseYaml(file, readFileSync(file, 'utf8'));
      assert.ok('data' in parsed, file);
      return quizSchema.parse(parsed.data).questions;
    });
}
