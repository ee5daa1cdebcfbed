import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, CLOSING, LENGTHS } from '../../site/interview/course.ts';
import { hardness, minutesOf } from '../../site/interview/estimate.ts';
import type { Wish } from '../../site/interview/pick.ts';
import { opensAt, plan } from '../../site/interview/plan.ts';
import type { Interview } from '../../site/progress/document.ts';
import { course } from './interview-course.ts';

const all = course.topics.map(({ id }) => id);
const levels = ['junior', 'mid', 'senior'] as const;
const seeds = Array.from({ length: 25 }, (_, n) => Math.imul(n + 1, 2654435761) >>> 0);
const isOpen = ({ kind }: Asked) => kind === 'open';

/** Every plan of a level and a length, for each seed. */
const made = (topics: string[]) =>
  levels.flatMap((level) =>
    LENGTHS.flatMap((minutes) =>
      seeds.map((seed) => {
        const wish: Wish = { level, minutes, topics, seed };
        return { wish, what: JSON.stringify(wish), ...plan(course, wish) };
      }),
    ),
  );
const ofAll = made(all);
const plans = (topics = all) => (topics === all ? ofAll : made(topics));

test('an interview takes as long as was asked for, at every level', () => {
  for (const { wish, what, questions, minutes } of plans()) {
    assert.ok(Math.abs(minutes - wish.minutes) <= 2, `${what}: ${minutes} minutes`);
    assert.equal(minutes, minutesOf(questions));
    assert.equal(new Set(questions).size, questions.length, what);
  }
});

test('no topic is missing, as long as there are as many questions as topics', () => {
  let asked = 0;
  for (const topics of [all, all.slice(0, 4), all.slice(7, 12)])
    for (const { what, questions } of plans(topics)) {
      const found = new Set(questions.map(({ lesson }) => lesson));
      assert.equal(found.size, Math.min(topics.length, questions.length), what);
      assert.ok(
        [...found].every((topic) => topics.includes(topic)),
        what,
      );
      asked += Number(topics.length <= questions.length);
    }
  assert.ok(asked > 300, 'most interviews have room for every topic');
});

test('among any three questions there is an open one, and a question to weigh comes last', () => {
  for (const { what, questions } of plans()) {
    for (let at = 0; at + 3 <= questions.length; at += 1)
      assert.ok(questions.slice(at, at + 3).some(isOpen), `${what}: ${at}`);
    assert.ok(CLOSING.includes(questions.at(-1)?.id ?? ''), what);
  }
});

test('it begins with an easy one, and the hardest comes before the last', () => {
  for (const { what, questions } of plans()) {
    const closed = questions.filter((question) => !isOpen(question)).map(hardness);
    assert.equal(hardness(questions[0] as Asked), Math.min(...closed), what);
    assert.equal(hardness(questions.at(-2) as Asked), Math.max(...closed), what);
  }
});

test('within a topic the questions go from plain to hard', () => {
  for (const { what, questions } of plans())
    for (const topic of all) {
      const own = questions.slice(1, -2).filter(({ lesson }) => lesson === topic);
      const closed = own.filter((each) => !isOpen(each)).map(hardness);
      const sorted = [...closed].sort((one, other) => one - other);
      assert.deepEqual(closed, sorted, `${what}: ${topic}`);
    }
});

test('a level asks what belongs to it: nobody gets a senior question as a junior', () => {
  for (const { wish, what, questions } of plans()) {
    const own = questions.filter(({ level }) => level === wish.level).length;
    assert.ok(own * 2 >= questions.length, `${what}: ${own} of ${questions.length}`);
    if (wish.level === 'junior') assert.ok(questions.every(({ level }) => level !== 'senior'));
  }
});

test('the same seed gives the same plan, another one another', () => {
  const wish: Wish = { level: 'mid', minutes: 20, topics: all, seed: 7 };
  assert.deepEqual(plan(course, wish), plan(course, { ...wish }));
  const ids = seeds.map((seed) => plan(course, { ...wish, seed }).questions.map(({ id }) => id));
  assert.ok(new Set(ids.map(String)).size > 20);
});

test('questions of the last interviews are asked again only where there are no others', () => {
  const past: Interview[] = [];
  const wish = { level: 'mid', minutes: 20, topics: all } as const;
  for (const seed of seeds.slice(0, 3)) {
    const { questions } = plan(course, { ...wish, seed }, past);
    const before = new Set(past.flatMap(({ results }) => results.map(([id]) => id)));
    assert.deepEqual(
      questions.filter(({ id, kind }) => kind !== 'open' && before.has(id)),
      [],
    );
    const results = questions.map(({ id }) => [id, 3] as const);
    past.unshift({ ...wish, seconds: 1200, at: new Date(seed).toISOString(), results });
  }
});

test('where the topics have little to ask, the interview is shorter; without topics there is none', () => {
  const one = plan(course, { level: 'mid', minutes: 40, topics: ['start'], seed: 1 });
  assert.ok(one.questions.length >= 5, String(one.questions.length));
  assert.ok(one.minutes < 20);
  assert.ok(one.questions.every(({ lesson }) => lesson === 'start'));
  assert.deepEqual(plan(course, { level: 'mid', minutes: 40, topics: [], seed: 1 }).questions, []);
});

test('for every number of questions any three places hold an open one', () => {
  for (let number = 3; number <= 60; number += 1) {
    const open = Array.from({ length: number }, (_, place) => opensAt(place, number));
    for (let at = 0; at + 3 <= number; at += 1) assert.ok(open.slice(at, at + 3).includes(true));
    assert.equal(open.at(-2), false);
  }
});

test('each closing question is there, and is an open one', () => {
  for (const id of CLOSING)
    assert.equal(course.questions.find((question) => question.id === id)?.kind, 'open', id);
});
