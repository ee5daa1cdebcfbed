/**
 * Links, before the build and after it.
 *
 * Before: a link in MDX must not start with `/`, for it would not get the base. After: every link of every built
 * page must lead to a page or file of the build, and its `#part` to an id there; so also those that components write.
 */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOTED = /\]\(\/|\b(?:href|src)=\{?["'`]\//;

/** Throws, naming file and line, for each link in `content/docs` below `root` that starts with `/`. */
export function checkLinks(root: string): void {
  const files = globSync('content/docs/**/*.{md,mdx}', { cwd: root }).sort();
  const faults = files.flatMap((file) =>
    rootedLinks(readFileSync(join(root, file), 'utf8')).map((line) => `${file}:${line}`),
  );
  if (faults.length > 0) {
    throw new Error(
      `A link in MDX must not start with "/": use <Lesson id="…">.\n  ${faults.join('\n  ')}`,
    );
  }
}

/** The lines (1-based) of `text` with a link that starts with `/`; code does not count. */
export function rootedLinks(text: string): number[] {
  let fenced = false;
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    return !fenced && ROOTED.test(line.replace(/`[^`]*`/g, '')) ? [index + 1] : [];
  });
}

/** Throws, naming page and link, for each link in `dist` that leads nowhere. `base` is the site's base path. */
export function checkBuiltLinks(dist: string, base: string): void {
  const pages = new Map(
    globSync('**/*.html', { cwd: dist }).map((file) => [
      file.replaceAll('\\', '/'),
      readFileSync(join(dist, file), 'utf8'),
    ]),
  );
  const ids = new Map([...pages].map(([file, html]) => [file, idsOf(html)]));
  const faults = [...pages].flatMap(([file, html]) =>
    linksOf(html).flatMap((link) => {
      const reason = faultOf(link, file, { dist, base, ids });
      return reason ? [`${file}: ${link} ${reason}`] : [];
    }),
  );
  if (faults.length > 0) throw new Error(`Broken links:\n  ${faults.join('\n  ')}`);
}

interface Built {
  dist: string;
  base: string;
  ids: Map<string, Set<string>>;
}

function faultOf(link: string, from: string, { dist, base, ids }: Built): string | undefined {
  const root = base.replace(/\/?$/, '/');
  const origin = 'http://site.invalid';
  const page = `${origin}${root}${from.replace(/index\.html$/, '')}`;
  if (!URL.canParse(link, page)) return 'is no address';
  const url = new URL(link, page);
  if (url.origin !== origin) return undefined;
  if (!url.pathname.startsWith(root)) return `is outside the base ${root}`;
  const path = decodeURIComponent(url.pathname.slice(root.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!existsSync(join(dist, file)) || statSync(join(dist, file)).isDirectory()) {
    return 'leads to no page';
  }
  const part = decodeURIComponent(url.hash.slice(1));
  return part === '' || ids.get(file)?.has(part) !== false ? undefined : `names no part of ${file}`;
}

function linksOf(html: string): string[] {
  const links = html.matchAll(/<(?:a|link)\b[^>]*?\shref="([^"]*)"/g);
  return [...new Set([...links].map(([, link = '']) => link.replaceAll('&amp;', '&')))];
}

function idsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id));
}
