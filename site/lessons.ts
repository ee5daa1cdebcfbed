/** The lessons as the site knows them, from the docs collection. */
import { type CollectionEntry, getCollection, render } from 'astro:content';
import { type Module, modules } from './modules.ts';
import { href } from './paths.ts';

export interface Lesson {
  id: string;
  title: string;
  module: Module;
  order: number;
  outcome: string;
  href: string;
  entry: CollectionEntry<'docs'>;
}

const PREFIX = 'lessons/';

/** All written lessons, in the order of the course. */
export async function getLessons(): Promise<Lesson[]> {
  const entries = await getCollection('docs', ({ id }) => id.startsWith(PREFIX));
  return entries
    .flatMap((entry) => lessonOf(entry) ?? [])
    .sort((a, b) => modules.indexOf(a.module) - modules.indexOf(b.module) || a.order - b.order);
}

/** The lesson that `entry` is, if it is one. */
export function lessonOf(entry: CollectionEntry<'docs'>): Lesson | undefined {
  const { title, module, order, outcome } = entry.data;
  if (!entry.id.startsWith(PREFIX) || !module || order === undefined || !outcome) return undefined;
  const id = entry.id.slice(PREFIX.length);
  return { id, title, module, order, outcome, href: href(`${PREFIX}${id}/`), entry };
}

/** The lesson `id`. Throws, naming the page that asks and the lessons there are. */
export async function findLesson(id: string, page: string): Promise<Lesson> {
  const lessons = await getLessons();
  const lesson = lessons.find((one) => one.id === id);
  if (lesson) return lesson;
  const known = lessons.map((one) => one.id).join(', ');
  throw new Error(`${page}: there is no lesson "${id}". Written: ${known}.`);
}

/** The address of a heading of `lesson`. Throws, naming its headings, when it has none with that id. */
export async function sectionHref(lesson: Lesson, section: string, page: string): Promise<string> {
  const { headings } = await render(lesson.entry);
  if (headings.some(({ slug }) => slug === section)) return `${lesson.href}#${section}`;
  const known = headings.map(({ slug }) => slug).join(', ');
  throw new Error(`${page}: lesson "${lesson.id}" has no heading "${section}". It has: ${known}.`);
}
