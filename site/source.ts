/**
 * Links to source files. With `REPO_URL` they lead to the repository; without it to the site's own source
 * pages, which `site/pages/source.astro` makes for the files listed here.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { href } from './paths.ts';

/** The project's folder: every npm script runs there. */
export const root = process.cwd();

const PATTERNS = [
  'examples/**/*.{ts,tsx,sh,css,html,md,json,conf}',
  'tests/**/*.ts',
  'content/docs/**/*.{md,mdx}',
  'content/quizzes/*.yaml',
];

/** The repository's address without a slash at its end, or nothing. */
export function repository(): string | undefined {
  return process.env['REPO_URL']?.replace(/\/+$/, '') || undefined;
}

/** The text of `file`, a path relative to the root. */
export function readSource(file: string): string {
  const path = join(root, file);
  if (!existsSync(path)) throw new Error(`There is no file ${file}.`);
  return readFileSync(path, 'utf8');
}

/** The language of a file, as the code blocks call it. */
export function languageOf(file: string): string {
  const ending = file.split('.').at(-1) ?? 'txt';
  return ending === 'conf' ? 'nginx' : ending;
}

/** The files that have a source page. */
export function listSources(): string[] {
  const files = PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root }));
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules/'))
    .sort();
}

/** The part of a source page's address after `/source/`. A folder named `index.html` would confuse servers. */
export function sourceSlug(file: string): string {
  return file.replace(/\.html$/, '-html');
}

/** Where a reader can look at `file`, at a line if one is given. */
export function sourceHref(file: string, line?: number): string {
  const repo = repository();
  const page = repo ? `${repo}/blob/main/${file}` : href(`source/${sourceSlug(file)}/`);
  return line === undefined ? page : `${page}#L${line}`;
}

/** Where a reader can mend a page, and what the link says. */
export function editLink(file: string): { label: string; href: string } {
  const repo = repository();
  return repo
    ? { label: 'Edit this page', href: `${repo}/edit/main/${file}` }
    : { label: 'Source of this page', href: sourceHref(file) };
}
