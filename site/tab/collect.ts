/** What a page is made of: its own text, and the styles and modules that it asks for. */
import type { Show } from './clientDocument.ts';
import { type Import, relink } from './relink.ts';

/** A page as it came. */
export interface Fetched {
  url: string;
  text: string;
  isHtml: boolean;
}

export interface Means {
  /** Asks for a style or a module: `from` is the page, or the module that imports it. */
  ask(url: string, destination: 'style' | 'script', from: string): Promise<string>;
  /** Where a module names others. Rejects on broken syntax. */
  importsOf(code: string, url: string): Promise<Import[]>;
}

/** Rejects when the page needs what cannot be had. */
export async function collect(
  { url: page, text, isHtml }: Fetched,
  means: Means,
): Promise<Omit<Show, 'cookies' | 'theme'>> {
  // Styles are taken out first: this page's policy would have a word with them even in a parsed document.
  const styles: string[] = [];
  const bare = text.replace(/<style\b[^>]*>([\s\S]*?)<\/style>/gi, (_whole, style: string) => {
    styles.push(style);
    return '';
  });
  const document = new DOMParser().parseFromString(isHtml ? bare : '', 'text/html');
  if (!isHtml)
    document.body.append(Object.assign(document.createElement('pre'), { textContent: text }));
  const at = (path: string | null) => new URL(path ?? '', page).href;
  const links = [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) =>
    at(link.getAttribute('href')),
  );
  const scripts = [...document.querySelectorAll('script[type="module"][src]')];
  const entries = scripts.map((script) => at(script.getAttribute('src')));
  const [css, modules] = await Promise.all([
    Promise.all(links.map((link) => means.ask(link, 'style', page))),
    collectModules(entries, page, importMap(document), means),
  ]);
  return {
    url: page,
    title: document.title,
    attributes: [...document.documentElement.attributes].map(({ name, value }) => [name, value]),
    body: document.body.innerHTML,
    css: [...css, ...styles],
    modules,
    entries,
    resources: [...links, ...modules.map(({ url }) => url)],
  };
}

/** Every module that the entries lead to, each after those that it imports. */
async function collectModules(
  entries: readonly string[],
  page: string,
  names: Record<string, string>,
  { ask, importsOf }: Means,
): Promise<Show['modules']> {
  const found = new Map<string, { code: string; needs: string[] }>();
  const add = async (url: string, from: string): Promise<void> => {
    if (found.has(url)) return;
    const module = { code: '', needs: [] as string[] };
    found.set(url, module);
    const code = await ask(url, 'script', from);
    module.code = await relink(code, await importsOf(code, url), (specifier) => {
      const target = new URL(names[specifier] ?? specifier, url).href;
      module.needs.push(target);
      return `handshake:${target}`;
    });
    await Promise.all(module.needs.map((need) => add(need, url)));
  };
  await Promise.all(entries.map((entry) => add(entry, page)));
  const sorted = new Map<string, string>();
  const place = (url: string, above: readonly string[] = []) => {
    const { code = '', needs = [] } = found.get(url) ?? {};
    if (above.includes(url)) return;
    for (const need of needs) place(need, [...above, url]);
    if (!sorted.has(url)) sorted.set(url, code);
  };
  for (const entry of entries) place(entry);
  return [...sorted].map(([url, code]) => ({ url, code }));
}

/** The import map of a page; none when there is none, or it is no JSON. */
function importMap(document: Document): Record<string, string> {
  try {
    const { imports } = JSON.parse(
      document.querySelector('script[type="importmap"]')?.textContent ?? '{}',
    );
    return typeof imports === 'object' && imports ? imports : {};
  } catch {
    return {};
  }
}
