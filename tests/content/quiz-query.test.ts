import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAskedFor, readQuery, writeQuery } from '../../site/quiz/bank-query.ts';

const known = { lesson: ['', 'start'], level: ['', 'mid'], kind: ['', 'open'] };
const nothing = { q: '', lesson: '', level: '', kind: '' };

test('what the page of all questions is asked for goes into an address and comes back', () => {
  const query = { q: 'auth field & more', lesson: 'start', level: 'mid', kind: 'open' };
  assert.deepEqual(readQuery(writeQuery(query), known), query);
  assert.equal(writeQuery({ ...nothing, q: '  ' }), '');
});

test('an address that asks for what there is not asks for nothing, and for no endless words', () => {
  assert.deepEqual(readQuery('?lesson=__proto__&level=MID&kind=<b>&other=1', known), nothing);
  assert.equal(readQuery(`?q=${'x'.repeat(5000)}`, known).q.length, 100);
  assert.deepEqual(readQuery('?q=%E0%A4%A', known).lesson, '');
});

test('a question is found by all of the words, in any order and case, and by what it is', () => {
  const entry = {
    text: 'who reads the feed? any client',
    lesson: 'start',
    level: 'mid',
    kind: 'single',
  };
  assert.equal(isAskedFor(entry, nothing), true);
  assert.equal(isAskedFor(entry, { ...nothing, q: ' Client  READS ' }), true);
  assert.equal(isAskedFor(entry, { ...nothing, q: 'client cookie' }), false);
  assert.equal(isAskedFor(entry, { ...nothing, q: 'feed', level: 'mid', lesson: 'start' }), true);
  assert.equal(isAskedFor(entry, { ...nothing, kind: 'open' }), false);
});
