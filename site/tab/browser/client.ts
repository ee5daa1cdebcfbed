// Runs in a client's frame before the page's own scripts: puts the virtual browser where the real one's network was.
import { makeFetch } from './client/fetch.ts';
import { Link } from './client/link.ts';
import { makeWebSocket } from './client/socket.ts';
import { makeXhr } from './client/xhr.ts';
import type { CookieCopy } from './protocol.ts';

export interface ClientSetup {
  /** Its other end is served by `serveClient`. */
  port: MessagePort;
  /** The URL of the page that the frame pretends to be. */
  page: string;
  /** From `copyCookies`: without it, `document.cookie` is empty until the page has spoken. */
  cookies?: CookieCopy;
}

/** Whatever has these names: a window, or a test's own. */
export interface ClientScope {
  document?: object;
}

/** Replaces `fetch`, `XMLHttpRequest`, `WebSocket` and `document.cookie` of a scope, for good. */
export function installClient(scope: ClientScope, { port, page, cookies }: ClientSetup): void {
  const link = new Link(port, new URL(page).href, cookies);
  const globals = {
    fetch: makeFetch(link),
    XMLHttpRequest: makeXhr(link),
    WebSocket: makeWebSocket(link),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(scope, name, { value, configurable: true, writable: true });
  }
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
