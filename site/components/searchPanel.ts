/** The inside of the search dialog: asks Pagefind's index, and lists what it finds. */

/** The part of Pagefind's interface that is used here (pagefind.app/docs/api). */
interface Pagefind {
  init(): Promise<unknown>;
  debouncedSearch(
    words: string,
    options?: object,
    ms?: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

interface Place {
  url: string;
  title: string;
  excerpt: string;
}

interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
  sub_results: Place[];
}

const SHOWN = 8;

/** Loads the index, and once more if that fails. Without its worker, failures can be heard of. */
async function load(bundle: string): Promise<Pagefind> {
  const { createInstance } = await import(/* @vite-ignore */ `${bundle}pagefind.js`);
  const attempt = async (): Promise<Pagefind> => {
    const pagefind: Pagefind = createInstance({ noWorker: true });
    await pagefind.init();
    await pagefind.debouncedSearch('', {}, 0); // only this tells whether the index is there
    return pagefind;
  };
  return attempt().catch(attempt);
}

/** Makes the dialog search. False when the index did not load: then it may be tried again. */
export async function searchPanel(host: HTMLElement): Promise<boolean> {
  const input = host.querySelector('input');
  const status = host.querySelector('.status');
  const list = host.querySelector('.results');
  if (!input || !status || !list) return false;
  status.textContent = '';
  let pagefind: Pagefind;
  try {
    pagefind = await load(host.dataset['bundle'] ?? '/');
  } catch {
    status.textContent = 'The search index did not load. Close this and open it again.';
    return false;
  }

  const search = async (): Promise<void> => {
    const words = input.value.trim();
    const answer = words === '' ? { results: [] } : await pagefind.debouncedSearch(words);
    if (answer === null || words !== input.value.trim()) return;
    const found = await Promise.all(answer.results.slice(0, SHOWN).map((one) => one.data()));
    if (words !== input.value.trim()) return;
    list.replaceChildren(...found.map(row));
    status.textContent = words === '' ? '' : count(answer.results.length, words);
  };
  input.addEventListener('input', search);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') list.querySelector('a')?.click();
  });
  await search();
  return true;
}

function count(pages: number, words: string): string {
  if (pages === 0) return `Nothing found for “${words}”.`;
  const shown = pages > SHOWN ? `, the first ${SHOWN} shown` : '';
  return `${pages} ${pages === 1 ? 'page' : 'pages'} for “${words}”${shown}.`;
}

/** A page, by its best place: a heading says more than the page's first lines. */
function row({ url, excerpt, meta, sub_results: [best] }: Found): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const title = meta.title ?? url;
  link.href = best?.url ?? url;
  link.textContent = best && best.title !== title ? `${title}: ${best.title}` : title;
  const text = document.createElement('p');
  text.append(...marked(best?.excerpt ?? excerpt));
  item.append(link, text);
  return item;
}

/** Pagefind's excerpt is HTML; only its text and its marks are taken over. */
function marked(excerpt: string): Node[] {
  const { body } = new DOMParser().parseFromString(excerpt, 'text/html');
  return [...body.childNodes].map((node) => {
    if (node.nodeName !== 'MARK') return document.createTextNode(node.textContent ?? '');
    const mark = document.createElement('mark');
    mark.textContent = node.textContent;
    return mark;
  });
}
