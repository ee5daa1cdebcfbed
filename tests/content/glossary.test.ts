// The glossary holds what the lessons need: each term short, in its place, and linked by a lesson.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findTerm, readTerms, termsIn } from '../../site/glossary.ts';

const lessons = globSync('content/docs/[0-9]*/*.mdx').map((file) => ({
  file,
  links: termsIn(readFileSync(file, 'utf8')),
}));
const ids = readTerms().map(({ id }) => id);

test('every term of the glossary is linked by a lesson', () => {
  const linked = new Set(lessons.flatMap(({ links }) => links));
  assert.deepEqual(
    ids.filter((id) => !linked.has(id)),
    [],
  );
});

test('every term that a lesson links is in the glossary, and no lesson links one twice', () => {
  for (const { file, links } of lessons) {
    assert.deepEqual(
      links.filter((id, at) => !ids.includes(id) || links.indexOf(id) < at),
      [],
      file,
    );
  }
});

test('the terms stand in the order of their ids, each once', () => {
  assert.deepEqual(ids, [...new Set(ids)].sort());
});

test('a term is defined in one or two sentences of at most 45 words', () => {
  for (const { id, text } of readTerms()) {
    assert.match(text, /^[^.?!]+(?:\.[^.?!]+)*[.?!]$/, id);
    assert.ok((text.match(/[.?!](?:\s|$)/g) ?? []).length <= 2, `${id}: more than two sentences`);
    assert.ok(text.split(/\s+/).length <= 45, `${id}: more than 45 words`);
  }
});

test('a term that the glossary lacks is refused with the page and what is near', () => {
  assert.throws(() => findTerm('carier', 'start.mdx'), {
    message: /^start\.mdx: the glossary has no term "carier"\. Nearest: carrier/,
  });
});

test('the terms of a text are found in their order', () => {
  assert.deepEqual(termsIn('a <Term id="sid">`sid`</Term> and\n<Term\n  id="connect" />'), [
    'sid',
    'connect',
  ]);
});
