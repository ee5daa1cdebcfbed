/**
 * The questions as the page of all questions holds them: fetched once, and given out as elements to put on a page.
 * So each kind is written in one place, and a page that asks questions carries none of them.
 */
import type { Level } from '../progress/document.ts';
import { unfolded } from './unfold.ts';

export interface BankQuestion {
  id: string;
  lesson: string;
  /** The lesson's title. */
  title: string;
  level: Level;
  kind: string;
  /** A new element, to be answered anew; it tells of the answer by an `answered` event (question-element.ts). */
  make(): HTMLElement;
}

let bank: Promise<ReadonlyMap<string, BankQuestion>> | undefined;

/** Every question by its id, in the order of the course. `address`: of the page of all questions. Rejects when it cannot be had. */
export function fetchBank(address: string): Promise<ReadonlyMap<string, BankQuestion>> {
  bank ??= read(address);
  bank.catch(() => {
    bank = undefined; // the next one tries again
  });
  return bank;
}

async function read(address: string): Promise<ReadonlyMap<string, BankQuestion>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The questions did not load: ${response.status}.`);
  // Its styles are this page's already; the policy would have each one that it meets in a parsed page reported.
  const html = (await response.text()).replace(/<style\b[\s\S]*?<\/style>/g, '');
  const page = new DOMParser().parseFromString(html, 'text/html');
  const items = [...page.querySelectorAll<HTMLElement>('.bank-item')];
  if (items.length === 0) throw new Error(`There are no questions at ${address}.`);
  return new Map(items.map((item) => [item.id, questionOf(item, page)]));
}

function questionOf(item: HTMLElement, page: Document): BankQuestion {
  const { lesson = '', title = '', level = 'mid', kind = '' } = item.dataset;
  return {
    ...{ id: item.id, lesson, title, level: level as Level, kind },
    make() {
      const found = item.querySelector<HTMLElement>('quiz-folded');
      if (!found) throw new Error(`There is no question ${item.id}.`);
      const element = unfolded(found, page);
      element.dataset['fresh'] = '';
      return element;
    },
  };
}
