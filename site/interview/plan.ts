/**
 * Chooses the questions of an interview, and the order in which an interviewer would ask them: an easy one to open,
 * then topic by topic from plain to hard, with an open question among any three; before the last the hardest, and
 * last a design to think up or a choice to defend.
 */
import type { Interview } from '../progress/document.ts';
import { shuffled } from '../quiz/shuffle.ts';
import { type Asked, CLOSING, type Course } from './course.ts';
import { hardness, minutesOf } from './estimate.ts';
import { Pool, type Wish } from './pick.ts';

export interface Plan {
  questions: readonly Asked[];
  /** What they take, by estimate. */
  minutes: number;
}

/** Fewer are no interview. */
const LEAST = 3;
/** A saved interview holds no more. */
const MOST = 60;

const isOpen = ({ kind }: Asked) => kind === 'open';

/** So far from the wish a plan may be, in minutes, before the dice are thrown again; and how often. */
const OFF = 1.5;
const THROWS = 4;

/**
 * The plan whose length comes nearest to the wish. Shorter than that where the topics have no more to ask; empty where
 * they have not enough for any interview. `past`: interviews held before, newest first.
 */
export function plan(course: Course, wish: Wish, past: readonly Interview[] = []): Plan {
  let best: Plan = { questions: [], minutes: 0 };
  const off = ({ minutes }: Plan) => Math.abs(minutes - wish.minutes);
  for (let turn = 0; turn < THROWS && off(best) > OFF; turn += 1) {
    const seed = (wish.seed + Math.imul(turn, 0x9e3779b9)) >>> 0;
    for (const each of plansOf(course, { ...wish, seed }, past)) {
      if (off(each) < off(best)) best = each;
    }
  }
  return best;
}

/** A plan for each number of questions, until they take far too long or there are no more. */
function* plansOf(course: Course, wish: Wish, past: readonly Interview[]): Generator<Plan> {
  for (let number = LEAST; number <= MOST; number += 1) {
    const questions = ask(number, course, wish, past);
    if (!questions) return;
    const minutes = minutesOf(questions);
    yield { questions, minutes };
    if (minutes > wish.minutes * 1.3) return;
  }
}

/** Whether the question at `place` of `number` is an open one: among any three there is one, and the last is. */
export function opensAt(place: number, number: number): boolean {
  if (place === number - 1) return true;
  if (place === number - 2) return false;
  if (place === number - 3 && number % 3 === 1) return true;
  return place % 3 === 2;
}

function ask(
  number: number,
  course: Course,
  wish: Wish,
  past: readonly Interview[],
): Asked[] | undefined {
  const pool = new Pool(course, wish, past);
  // A topic that was not asked about yet is worth more than a question that was not.
  const fresh = (question: Asked) => 10 * pool.used(question.lesson);
  const closing = (question: Asked) => (CLOSING.includes(question.id) ? 0 : 100);
  const last = pool.take(isOpen, closing);
  const hardest = pool.take(
    (question) => !isOpen(question),
    (question) => fresh(question) - (hardness(question) - (hardness(question) % 10)) / 2,
  );
  const opener = pool.take(
    ({ kind, level }) => kind === 'single' && level !== 'senior',
    (question) => fresh(question) + 2 * hardness(question),
  );
  const middle = between(number, pool, wish);
  if (!last || !hardest || !opener || !middle) return undefined;
  const closed = [hardest, ...middle.filter((question) => !isOpen(question))];
  closed.sort((one, other) => hardness(one) - hardness(other)); // a kind may make another one harder
  const top = closed.at(-1) ?? hardest;
  const rest = [...middle, hardest].filter((question) => question !== top);
  return [opener, ...arrange(rest, course, number), top, last];
}

/** What stands between the opener and the hardest one, topic by topic. */
function between(number: number, pool: Pool, { topics, seed }: Wish): Asked[] | undefined {
  const order = shuffled(topics, seed);
  const rank = ({ lesson }: Asked) => 10 * pool.used(lesson) + order.indexOf(lesson) / order.length;
  const taken: Asked[] = [];
  const places = Array.from({ length: number - 3 }, (_, n) => opensAt(n + 1, number));
  // The open ones first: a topic has few of them, and a closed question would use it up.
  for (const open of places.sort((one, other) => Number(other) - Number(one))) {
    const question = pool.take((each) => isOpen(each) === open, rank);
    if (!question) return undefined;
    taken.push(question);
  }
  return taken;
}

/** Topic by topic in the order of the course, from plain to hard, as far as the places of the open ones allow it. */
function arrange(taken: readonly Asked[], course: Course, number: number): Asked[] {
  const place = ({ lesson }: Asked) => course.topics.findIndex(({ id }) => id === lesson);
  const left = [...taken].sort(
    (one, other) => place(one) - place(other) || hardness(one) - hardness(other),
  );
  let topic: string | undefined;
  return taken.map((_, index) => {
    const fits = left.filter((each) => isOpen(each) === opensAt(index + 1, number));
    const next = fits.find(({ lesson }) => lesson === topic) ?? fits[0];
    if (!next) throw new Error('The places of the open questions do not add up.');
    topic = next.lesson;
    left.splice(left.indexOf(next), 1);
    return next;
  });
}
