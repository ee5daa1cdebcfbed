// Runs in a client's frame before the page's own scripts: puts the virtual browser where the real one's network was.
import { makeFetch } from './client/fetch.ts';
import { Link } from './client/link.ts';
import { makeWebSocket } from './client/socket.ts';
import { makeXhr } from './client/xhr.ts';
import type { CookieCopy } from './protocol.ts';

export { importsOf } from '../imports.ts'; // asked by the frame's own script, before there is a page

export interface ClientSetup {
  /** Its other end is served by `serveClient`. */
  port: MessagePort;
  /** The URL of the page that the frame pretends to be. */
  page: string;
  /** From `copyCookies`: without it, `document.cookie` is empty until the page has spoken. */
  cookies?: CookieCopy;
  /** URLs that the page has loaded before its scripts ran. */
  resources?: string[];
}

/** Whatever has these names: a window, or a test's own. */
export interface ClientScope {
  document?: object;
  performance?: object;
}

/** Replaces `fetch`, `XMLHttpRequest`, `WebSocket` and `document.cookie` of a scope, for good. */
export function installClient(
  scope: ClientScope,
  { port, page, cookies, resources = [] }: ClientSetup,
): void {
  const link = new Link(port, new URL(page).href, cookies);
  const globals = {
    fetch: makeFetch(link),
    XMLHttpRequest: makeXhr(link),
    WebSocket: makeWebSocket(link),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(scope, name, { value, configurable: true, writable: true });
  }
  link.resources.push(...resources);
  if (scope.performance) recordResources(scope.performance, link);
  // A frame with an opaque origin has no cookies of its own: to read them throws.
  if (!scope.document) return;
  Object.defineProperty(scope.document, 'cookie', {
    configurable: true,
    enumerable: true,
    get: () => link.cookie,
    set: (line: unknown) => {
      link.cookie = String(line);
    },
  });
}

/** What the page's requests leave for any script to read (Resource Timing): the frame's own list knows none of them. */
function recordResources(performance: object, { resources }: Link): void {
  const real = Reflect.get(performance, 'getEntriesByType');
  Object.defineProperty(performance, 'getEntriesByType', {
    configurable: true,
    value: (type: string) =>
      type === 'resource'
        ? resources.map((name) => ({ name, entryType: 'resource', startTime: 0, duration: 0 }))
        : Reflect.apply(real, performance, [type]),
  });
}
