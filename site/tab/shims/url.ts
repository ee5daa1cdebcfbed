// node:url: the old parser, as parseurl and engine.io use it, and what browsers have.
import { parse as parseQuery } from './querystring.ts';

export const { URL, URLSearchParams } = globalThis;

interface Parts {
  protocol: string | null;
  host: string | null;
  port: string | null;
  hostname: string | null;
  hash: string | null;
  search: string | null;
  query: unknown;
  pathname: string | null;
  path: string | null;
  href: string;
}

/** What Node's legacy parser gives; express sets its fields itself for the common form of a URL. */
export class Url implements Parts {
  protocol: string | null = null;
  host: string | null = null;
  port: string | null = null;
  hostname: string | null = null;
  hash: string | null = null;
  search: string | null = null;
  query: unknown = null;
  pathname: string | null = null;
  path: string | null = null;
  href = '';
}

/** Takes a URL apart without checking it: an absolute one, or a path with its query. */
export function parse(text: string, queryToo = false): Url {
  const [, protocol, host, pathname, search, hash] =
    /^(?:([a-z][a-z\d+.-]*:)?\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(text) ?? [];
  const [, hostname, port] = /^(?:[^@]*@)?(.*?)(?::(\d*))?$/.exec(host ?? '') ?? [];
  const query = search?.slice(1) ?? null;
  return Object.assign(new Url(), {
    ...{ protocol: protocol?.toLowerCase() ?? null, host: host ?? null },
    ...{ hostname: hostname || null, port: port ?? null, hash: hash ?? null },
    ...{ search: search ?? (queryToo ? '' : null), pathname: pathname || null, href: text },
    query: queryToo ? parseQuery(query ?? '') : query,
    path: pathname || search ? `${pathname ?? ''}${search ?? ''}` : null,
  });
}
export const format = (url: URL | Url | string) => (typeof url === 'string' ? url : url.href);
export const resolve = (from: string, to: string) => {
  const base = new URL(from, 'resolve:///');
  const url = new URL(to, base);
  return url.protocol === 'resolve:' ? `${url.pathname}${url.search}${url.hash}` : url.href;
};
export const fileURLToPath = (url: string | URL) => decodeURIComponent(new URL(url).pathname);
export const pathToFileURL = (path: string) => new URL(`file://${encodeURI(path)}`);
