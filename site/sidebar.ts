/**
 * The sidebar, from the lessons' frontmatter. It runs while the configuration loads, before Astro knows the
 * content, so that it reads the files itself. A lesson that is not written is in no list.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { type Module, modules } from './modules.ts';

/** What a lesson's frontmatter must say, beside `title`. */
export interface LessonFile {
  file: string;
  slug: string;
  module: Module;
  order: number;
}

interface Link {
  label: string;
  link: string;
}

interface Group {
  label: string;
  items: { slug: string }[];
}

/** Pages beside the lessons, linked when they are written. */
const EXTRAS = [
  { label: 'Labs: break it, fix it', id: 'labs' },
  { label: 'Attack × carrier', id: 'matrix' },
  { label: 'All questions', id: 'questions' },
  { label: 'Review', id: 'review' },
  { label: 'Mock interview', id: 'interview' },
  { label: 'Your progress', id: 'progress' },
  { label: 'Glossary', id: 'glossary' },
  { label: 'Cheat sheet', id: 'cheat-sheet' },
];

const LESSONS = 'content/docs/[0-9]*/*.mdx';

/** The sidebar of the project in `root`: a group for each module that has lessons, then the other pages. */
export function sidebar(root: string): (Group | Link)[] {
  const lessons = readLessons(root);
  const groups = modules
    .map((label) => ({ label, items: lessons.filter((lesson) => lesson.module === label) }))
    .filter(({ items }) => items.length > 0)
    .map(({ label, items }) => ({ label, items: items.map(({ slug }) => ({ slug })) }));
  const extras = EXTRAS.filter(({ id }) => hasPage(root, id));
  return [...groups, ...extras.map(({ label, id }) => ({ label, link: `/${id}/` }))];
}

/** Whether the page `id` is written, as content or as a route of the site. */
export function hasPage(root: string, id: string): boolean {
  return [`content/docs/${id}.mdx`, `site/pages/${id}.astro`].some((file) =>
    existsSync(join(root, file)),
  );
}

/** The lessons below `root`, in the order of the course. Throws, naming the file, for a frontmatter that is wrong. */
export function readLessons(root: string): LessonFile[] {
  const files = globSync(LESSONS, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const lessons = files.map((file) => lessonOf(readFileSync(join(root, file), 'utf8'), file));
  lessons.sort(
    (a, b) => modules.indexOf(a.module) - modules.indexOf(b.module) || a.order - b.order,
  );
  lessons.forEach((lesson, at) => {
    const other = lessons[at - 1];
    if (other?.module === lesson.module && other.order === lesson.order) {
      throw new Error(`${lesson.file} and ${other.file} have the same order, ${lesson.order}.`);
    }
  });
  return lessons;
}

/** The frontmatter of one lesson. */
export function lessonOf(text: string, file: string): LessonFile {
  const [, block = ''] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const data: Record<string, unknown> = parse(block) ?? {};
  const { module, order, outcome, slug } = data;
  const id = basename(file, '.mdx');
  const known = modules.find((name) => name === module);
  if (!known) throw new Error(`${file}: "module" must be one of: ${modules.join(', ')}.`);
  if (typeof order !== 'number') throw new Error(`${file}: "order" must be a number.`);
  if (typeof outcome !== 'string') throw new Error(`${file}: "outcome" must be a line of text.`);
  if (slug !== `lessons/${id}`) throw new Error(`${file}: "slug" must be lessons/${id}.`);
  return { file, slug, module: known, order };
}
