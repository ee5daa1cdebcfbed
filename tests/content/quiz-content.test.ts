import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { quizSchema } from '../../site/quiz/schema.ts';
import { parseYaml } from '../../site/quiz/yaml.ts';

const choices = globSync('content/quizzes/*.yaml').flatMap((file) => {
  const parsed = parseYaml(file, readFileSync(file, 'utf8'));
  assert.ok('data' in parsed, file);
  return quizSchema
    .parse(parsed.data)
    .questions.flatMap((question) => ('options' in question ? [question] : []));
});

// Of several right ones the shortest is often right by chance; so there only the longest is looked at.
const single = choices.filter(({ kind }) => kind === 'single');
for (const [name, extreme, questions] of [
  ['longest', Math.max, choices],
  ['shortest', Math.min, single],
] as const) {
  test(`the ${name} option of a question is the right one in no more than a third of them`, () => {
    const telling = questions.filter(({ options }) => {
      const length = extreme(...options.map((option) => option.text.length));
      const found = options.filter((option) => option.text.length === length);
      return found.length === 1 && found[0]?.right;
    });
    const ids = telling.map((question) => question.id).join(', ');
    assert.ok(
      telling.length <= choices.length / 3,
      `${telling.length} of ${choices.length}: ${ids}`,
    );
  });
}

test('no place among the options is right in more than four of ten questions', () => {
  const places = choices.flatMap(({ options }) =>
    options.flatMap((option, index) => (option.right ? index : [])),
  );
  for (const place of new Set(places)) {
    const often = places.filter((other) => other === place).length;
    assert.ok(often <= places.length * 0.4, `place ${place + 1}: ${often} of ${places.length}`);
  }
});
