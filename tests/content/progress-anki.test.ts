import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { ankiText, wrongOnes } from '../../site/progress/anki.ts';
import { EMPTY, withAnswer } from '../../site/progress/document.ts';
import { cardOf } from '../../site/quiz/card.ts';
import { regionLines } from '../../site/quiz/region.ts';
import { quizSchema } from '../../site/quiz/schema.ts';
import { parseYaml } from '../../site/quiz/yaml.ts';

/** The rows of a CSV text, as RFC 4180 reads them. */
function rowsOf(text: string): string[][] {
  const cells = [...text.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\n]*))(?=([,\n]|$))/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of cells) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\n') rows.push([]);
  }
  return rows.filter((row) => row.join('') !== '');
}

const HEADER = '#separator:comma\n#html:false\n#columns:Front,Back,Tags\n#tags column:3\n';
const bodyOf = (text: string) => {
  assert.ok(text.startsWith(HEADER), text.slice(0, 90));
  return rowsOf(text.slice(HEADER.length));
};
const card = (front: string, back = 'back') => ({ id: 'one', front, back, tags: ['a', 'b'] });

test('quotes, commas and line breaks of a card come through', () => {
  const hard = card('"a", b\nc ""', 'x,"y"');
  assert.deepEqual(bodyOf(ankiText([hard, card('two')])), [
    [hard.front, hard.back, 'a b'],
    ['two', 'back', 'a b'],
  ]);
});

test('a cell that a spreadsheet would take for a formula is none', () => {
  for (const sign of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
    const text = `${sign}HYPERLINK("http://evil.example","x")`;
    const [row] = bodyOf(ankiText([card(text, text)]));
    assert.deepEqual(row?.slice(0, 2), [`'${text}`, `'${text}`], sign);
  }
  assert.deepEqual(bodyOf(ankiText([card('a = b', '1-2')]))[0]?.slice(0, 2), ['a = b', '1-2']);
});

test('only those whose last answer was wrong can be chosen', () => {
  const answer = {
    chosen: [],
    tries: 2,
    rights: 1,
    at: '2026-11-19T08:00:00.000Z',
    seed: 0,
    log: [],
  };
  let progress = withAnswer(EMPTY, 'wrong', { ...answer, right: false });
  progress = withAnswer(progress, 'right', { ...answer, right: true });
  const cards = [{ id: 'right' }, { id: 'wrong' }, { id: 'new' }];
  assert.deepEqual(wrongOnes(cards, progress), [{ id: 'wrong' }]);
});

const bank = globSync('content/quizzes/*.yaml').flatMap((file) => {
  const parsed = parseYaml(file, readFileSync(file, 'utf8'));
  assert.ok('data' in parsed, file);
  const lesson = basename(file, '.yaml');
  return quizSchema
    .parse(parsed.data)
    .questions.map((question) => ({ question, card: cardOf(question, lesson, regionLines) }));
});

test('every question of the course makes a card that comes back whole out of the file', () => {
  const rows = bodyOf(ankiText(bank.map((each) => each.card)));
  assert.deepEqual(
    rows,
    bank.map(({ card: { front, back, tags } }) => [front, back, tags.join(' ')]),
  );
  assert.equal(
    new Set(rows.map(([front]) => front)).size,
    bank.length,
    'Anki knows a card by its front',
  );
  for (const tag of bank.flatMap((each) => each.card.tags)) assert.match(tag, /^[a-z0-9-]+$/);
});

test('a card asks with all there is to choose, and answers with what is right and why', () => {
  for (const { question, card: made } of bank) {
    const { front, back, id } = made;
    assert.ok(front.length > 20 && back.length > 20, id);
    if ('options' in question) {
      for (const [index] of question.options.entries())
        assert.ok(front.includes(`\n${String.fromCharCode(65 + index)}) `), id);
      const right = question.options.flatMap((option, index) => (option.right ? index : []));
      assert.deepEqual(
        [...back.matchAll(/^([A-E])\) /gm)].map(([, letter = '']) => letter.charCodeAt(0) - 65),
        right,
        id,
      );
    }
    if (question.kind === 'order') assert.ok(back.includes(`\n${question.steps.length}. `), id);
    if (question.kind === 'open')
      assert.equal(back.split('• ').length - 1, question.rubric.length, id);
    if (question.kind === 'spot') {
      const found = question.lines.filter((line) => line.right);
      assert.ok(found.length > 0 && found.every((line) => back.includes(line.text)), id);
    }
  }
});

test('code keeps its indentation, and emphasis leaves no marks', () => {
  const base = { id: 'one', level: 'mid', section: 's', kind: 'single' } as const;
  const option = (id: string, right?: true) => ({ id, text: id, why: 'because', right });
  const made = cardOf(
    {
      ...base,
      ...{ prompt: 'Is *this* `a * b * c`?', code: 'if (a)\n  b();\n' },
      options: [option('x', true), option('y'), option('z')],
    },
    'start',
    regionLines,
  );
  assert.ok(
    made.front.startsWith('Is this `a * b * c`?\n\nif (a)\n\u00a0\u00a0b();\n\nA) x'),
    made.front,
  );
});
