// `fetch` for the frame: the browser's own Request and Response, with the virtual browser between them.
import type { Header } from '../../wire.ts';
import type { BrowserResponse } from '../fetch-types.ts';
import type { Link } from './link.ts';

/** Headers as the script wrote them: a Request lowers their names, and a browser sends them as written. */
function headersOf(request: Request, init: RequestInit | undefined): Header[] {
  const { headers } = init ?? {};
  const plain = headers && !(headers instanceof Headers) ? headers : [];
  const pairs: unknown[][] =
    Symbol.iterator in plain ? [...plain].map((pair) => [...pair]) : Object.entries(plain);
  const written = new Map(pairs.map(([name]) => [String(name).toLowerCase(), String(name)]));
  const names: Record<string, string> = {
    'content-type': 'Content-Type',
    authorization: 'Authorization',
  };
  return [...request.headers].map(([name, value]) => [
    written.get(name) ?? names[name] ?? name,
    value,
  ]);
}

/** A Response cannot be made with a URL, a type or the status 0: those are put over it. */
function toResponse({
  type,
  status,
  statusText,
  headers,
  body,
  url,
  redirected,
}: BrowserResponse): Response {
  const hasBody = ![0, 101, 204, 205, 304].includes(status);
  const bytes = hasBody ? new Uint8Array(body) : null;
  const response = new Response(bytes, {
    status: status < 200 ? 200 : status,
    statusText,
    headers,
  });
  const over = { type, url, redirected, ...(status < 200 ? { status, ok: false } : {}) };
  for (const [name, value] of Object.entries(over))
    Object.defineProperty(response, name, { value });
  return response;
}

/** Takes what `fetch` takes. `integrity`, `cache`, `referrer` and `keepalive` change nothing here. */
export function makeFetch(link: Link): typeof fetch {
  return async (input, init) => {
    const given = input instanceof Request ? input : new URL(String(input), link.page);
    const request = new Request(given, init);
    const { method, url, mode, credentials, redirect, signal } = request;
    if (mode === 'navigate') throw new TypeError('A script does not navigate by fetch');
    const bytes = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    signal.throwIfAborted();
    const headers = headersOf(request, init);
    const sent = {
      url,
      method,
      headers,
      mode,
      credentials,
      redirect,
      ...(bytes && { body: bytes }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<BrowserResponse>();
    const abort = link.request(sent, (response) => {
      if (response) resolve(response);
      else reject(new TypeError('Failed to fetch'));
    });
    const stop = () => {
      abort();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop);
    return promise.then(toResponse).finally(() => signal.removeEventListener('abort', stop));
  };
}
