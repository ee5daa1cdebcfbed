/**
 * The frame in which a page of the virtual browser is shown: an opaque origin, as the server's frame is. What it asks
 * of the network goes over a port to the page's VirtualBrowser; its policy lets nothing else out.
 *
 * `allow-forms` is there so that forms tell their scripts of a submit; `form-action 'none'` keeps every form inside.
 */

import type { CookieCopy } from './browser/protocol.ts';

/** What the page posts to the frame, after the runtime's client, with the client's end of the channel. */
export interface Show {
  url: string;
  title: string;
  /** Of the root element: `lang`, and `data-` ones that scripts read. */
  attributes: [name: string, value: string][];
  body: string;
  css: string[];
  /** `light`, `dark` or nothing: the course's theme. */
  theme: string;
  cookies: CookieCopy;
  /** Modules of the page, each after those that it imports, as `"handshake:URL"`. */
  modules: { url: string; code: string }[];
  entries: string[];
  /** What the page has loaded, for its `performance`. */
  resources: string[];
}

/** What the frame may ask of the page: where a link or a form leads. The page checks it. */
export interface Leave {
  leave: { url: string; method: string; type: string; fields: [string, string][] };
}

export const clientScript = `
const made = new Map();
const make = (name, code) => made.set(name, URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
const fail = (error) => parent.postMessage({ fault: String(error), stack: String(error?.stack ?? '') }, '*');
addEventListener('error', (event) => { event.preventDefault(); fail(event.error ?? event.message); });
addEventListener('unhandledrejection', (event) => { event.preventDefault(); fail(event.reason); });
const leave = (url, method = 'GET', type = '', fields = []) =>
  parent.postMessage({ leave: { url, method, type, fields } }, '*');
addEventListener('submit', (event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
const send = (form, submitter) => {
  const fields = [...new FormData(form, submitter)].filter(([, value]) => typeof value === 'string');
  leave(form.getAttribute('action') ?? '', form.method.toUpperCase(), form.enctype, fields);
};
HTMLFormElement.prototype.submit = function () { send(this); };
addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || link.getAttribute('href').startsWith('#')) return;
  event.preventDefault();
  leave(link.getAttribute('href'));
});
// First the runtime's client, which replaces fetch, XMLHttpRequest, WebSocket and document.cookie; then the page.
let client;
addEventListener('message', async ({ data, ports, source }) => {
  if (source !== parent) return;
  if (data.client) {
    for (const { file, parts } of data.client) {
      make(file, parts.map((part, n) => n % 2 ? JSON.stringify(made.get(part)) : part).join(''));
    }
    client = import(made.get(data.client.at(-1).file));
    client.catch(() => {}); // told when a page is shown
    return;
  }
  if (data.lex) {
    const { id, code, url } = data.lex;
    const told = client.then(({ importsOf }) => ({ imports: importsOf(code, url) }));
    told.catch((error) => ({ broken: String(error.message) })).then((lexed) =>
      parent.postMessage({ lexed: { id, ...lexed } }, '*'));
    return;
  }
  try {
    const { installClient } = await client;
    installClient(globalThis, { port: ports[0], page: data.url, cookies: data.cookies, resources: data.resources });
    globalThis.pageLocation = new URL(data.url);
    document.title = data.title;
    for (const [name, value] of data.attributes) document.documentElement.setAttribute(name, value);
    document.documentElement.style.colorScheme = data.theme;
    document.body.innerHTML = data.body;
    document.adoptedStyleSheets = data.css.map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    for (const { url, code } of data.modules) {
      const linked = code.replace(/"handshake:([^"]+)"/g, (whole, name) =>
        made.has(name) ? JSON.stringify(made.get(name)) : whole);
      // location cannot be replaced, and socket.io-client asks it where the page is from: so a module has its own.
      const own = /\\blocation\\b/.test(code) && !/(?:const|let|var|class|function)\\s+location\\b/.test(code);
      make(url, (own ? 'const location = globalThis.pageLocation; ' : '') + linked + '\\n//# sourceURL=' + url);
    }
    for (const url of data.entries) await import(made.get(url));
    parent.postMessage('shown', '*');
  } catch (error) {
    fail(error);
  }
});
parent.postMessage('ready', '*');`;

const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "connect-src 'none'",
];

export const clientDocument = [
  '<!doctype html><html><head><meta charset="utf-8">',
  `<meta http-equiv="content-security-policy" content="${policy.join('; ')}">`,
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
  `<script>${clientScript}</script></head><body></body></html>`,
].join('');
