// The page's end of a client's frame: does what the frame asks with the frame's own browser, as the frame's own page.

import { domainMatches } from './cookie-rules.ts';
import { readFromFrame, readId } from './from-frame.ts';
import {
  type CookieCopy,
  type FetchMessage,
  type FromFrame,
  MANY,
  type ToFrame,
} from './protocol.ts';
import type { SocketHandlers, VirtualBrowser, VirtualSocket } from './VirtualBrowser.ts';

type Opening = Extract<FromFrame, { type: 'open' }>;

const sizeOf = (data: string | Uint8Array) =>
  typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;

class Host {
  #port: MessagePort;
  #browser: VirtualBrowser;
  #page: string;
  #requests = new Map<number, AbortController>();
  #sockets = new Map<number, VirtualSocket>();
  #seen = 0;
  #stopped = false;
  #forget: () => void;

  constructor(port: MessagePort, browser: VirtualBrowser, page: string) {
    this.#port = port;
    this.#browser = browser;
    this.#page = page;
    this.#forget = browser.jar.onChange(() => this.#sendCookies());
    port.onmessage = ({ data }) => this.#take(data);
    this.#sendCookies();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#forget();
    this.#port.onmessage = null;
    for (const request of this.#requests.values()) request.abort();
    for (const socket of this.#sockets.values()) socket.close(1001); // "going away" (RFC 6455 section 7.4.1)
  }

  #send(message: ToFrame): void {
    if (!this.#stopped) this.#port.postMessage(message);
  }

  #sendCookies(): void {
    this.#send({ type: 'cookies', ...copyCookies(this.#browser, this.#page), seen: this.#seen });
  }

  #take(data: unknown): void {
    const message = readFromFrame(data);
    if (!message) this.#refuse(readId(data));
    else if (message.type === 'fetch') this.#fetch(message);
    else if (message.type === 'open') this.#open(message);
    else if (message.type === 'cookie') this.#write(message.seq, message.line);
    else if (message.type === 'abort') this.#requests.get(message.id)?.abort();
    else if (message.type === 'close') {
      this.#sockets.get(message.id)?.close(message.code, message.reason);
    } else {
      this.#send({ type: 'sent', id: message.id, bytes: sizeOf(message.data) });
      this.#sockets.get(message.id)?.send(message.data);
    }
  }

  /** What is malformed or too large: its request fails, its socket is closed with 1009. */
  #refuse(id: number | undefined): void {
    if (id === undefined) return;
    const socket = this.#sockets.get(id);
    if (socket) socket.close(1009);
    else if (!this.#requests.has(id)) this.#send({ type: 'failed', id });
  }

  /** Answers even when nothing changed, so that the frame's copy catches up. */
  #write(seq: number, line: string): void {
    this.#seen = seq;
    this.#browser.writeCookie(this.#page, line);
    this.#sendCookies();
  }

  async #fetch({ type: _, id, ...request }: FetchMessage): Promise<void> {
    if (this.#requests.has(id) || this.#requests.size >= MANY) {
      this.#send({ type: 'failed', id });
      return;
    }
    const controller = new AbortController();
    this.#requests.set(id, controller);
    try {
      const { signal } = controller;
      const response = await this.#browser.fetch({ ...request, initiator: this.#page, signal });
      this.#send({ type: 'response', id, response });
    } catch {
      this.#send({ type: 'failed', id });
    } finally {
      this.#requests.delete(id);
    }
  }

  #open({ id, url, protocols }: Opening): void {
    if (this.#sockets.has(id) || this.#sockets.size >= MANY) {
      this.#send({ type: 'closed', id, code: 1006, reason: '', clean: false });
      return;
    }
    const handlers: SocketHandlers = {
      open: (protocol) => this.#send({ type: 'opened', id, protocol }),
      message: (data) => this.#send({ type: 'message', id, data }),
      error: () => this.#send({ type: 'error', id }),
      close: (code, reason, clean) => {
        this.#sockets.delete(id);
        this.#send({ type: 'closed', id, code, reason, clean });
      },
    };
    this.#sockets.set(id, this.#browser.openWebSocket(url, protocols, this.#page, handlers));
  }
}

/** What a frame's copy of the jar begins with: goes with `installClient`'s setup, so that the first read is right. */
export function copyCookies({ jar, now }: VirtualBrowser, initiator: string): CookieCopy {
  const { hostname } = new URL(initiator);
  const cookies = jar.list().filter(({ domain }) => domainMatches(hostname, domain));
  const copies = cookies.map((cookie) => (cookie.httpOnly ? { ...cookie, value: '' } : cookie));
  return { seen: 0, at: now(), cookies: copies };
}

/**
 * Serves a frame through a port. `initiator` is the URL of the page that the frame pretends to be, or its origin; the
 * frame has no say in it. Gives what ends it: requests are given up, and sockets closed with 1001.
 */
export function serveClient(
  port: MessagePort,
  browser: VirtualBrowser,
  initiator: string,
): () => void {
  const host = new Host(port, browser, new URL(initiator).href);
  return () => host.stop();
}
