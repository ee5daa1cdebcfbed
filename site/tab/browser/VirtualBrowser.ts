/**
 * A browser without a window: the network, the cookies and the rules of one persona's browser.
 *
 * It speaks to the servers that `server` knows, and tells `watch` of all that passes, in order of time. Events of
 * `document.cookie` belong to no request: their `exchange` is 0. What a script is told of a failure is "Failed to
 * fetch", as in any browser; the rule stands in the event.
 */
import type { Header, Server, WireEvent } from '../wire.ts';
import type { BrowserRequest, BrowserResponse } from './fetch-types.ts';
import { Fetching } from './fetching.ts';
import { CookieJar, cookieHeader } from './jar.ts';
import { originOf, siteContext } from './metadata.ts';
import { Network, toText, USER_AGENT } from './Network.ts';
import { Preflights } from './Preflights.ts';
import type { SocketHandlers } from './socket-events.ts';
import { WebSocketClient } from './websocket.ts';

export type { BrowserRequest, BrowserResponse, SocketHandlers };

/** What a page can do with a WebSocket. */
export type VirtualSocket = Pick<WebSocketClient, 'send' | 'close'>;

export interface BrowserOptions {
  /** Whose browser it is; each event carries it. */
  name: string;
  /** Of the page that it shows: `http://localhost:3001`. */
  origin: string;
  server: Server;
  watch: (event: WireEvent) => void;
  /** The clock, in ms since the epoch. */
  now?: () => number;
}

export class VirtualBrowser {
  readonly name: string;
  readonly origin: string;
  readonly jar: CookieJar;
  /** The browser's clock, in ms. */
  readonly now: () => number;
  #network: Network;
  #preflights: Preflights;

  constructor({ name, origin, server, watch, now = Date.now }: BrowserOptions) {
    this.name = name;
    this.origin = origin;
    this.now = now;
    this.jar = new CookieJar({ now });
    this.#network = new Network({ name, server, jar: this.jar, watch, now });
    this.#preflights = new Preflights(now);
  }

  /** Fetches. Throws TypeError 'Failed to fetch' after an event that says which rule, or the signal's reason. */
  async fetch(request: BrowserRequest): Promise<BrowserResponse> {
    return new Fetching(this.#network, this.#preflights, request).run();
  }

  /** Opens a WebSocket from a page. Cookies go along by SameSite alone: neither CORS nor credentials modes apply. */
  openWebSocket(
    address: string,
    protocols: string[],
    initiator: string,
    handlers: SocketHandlers,
  ): VirtualSocket {
    const url = new URL(address);
    const exchange = this.#network.begin();
    const connection = this.#network.connect(url);
    if (typeof connection === 'string') {
      exchange.block(connection);
      queueMicrotask(() => {
        handlers.error?.(connection);
        handlers.close?.(1006, '', false);
      });
      return { send() {}, close() {} };
    }
    const context = { url, method: 'GET', sameSite: siteContext(url, initiator) };
    const headers: Header[] = [
      ['Host', url.host],
      ['Connection', 'Upgrade'],
      ['Pragma', 'no-cache'],
      ['Cache-Control', 'no-cache'],
      ['User-Agent', USER_AGENT],
      ['Upgrade', 'websocket'],
      ['Origin', originOf(initiator)],
      ...this.#network.cookiesFor(exchange, context),
    ];
    const target = url.pathname + url.search;
    const told: SocketHandlers = {
      ...handlers,
      error(why) {
        exchange.block(why);
        handlers.error?.(why);
      },
    };
    return new WebSocketClient(connection, { method: 'GET', target, headers, protocols }, told, {
      request: (sent) =>
        exchange.emit({
          kind: 'request',
          method: 'GET',
          url: url.href,
          headers: sent.headers,
          body: '',
        }),
      answer: (answer) => {
        exchange.emit({ kind: 'response', ...answer, body: toText(answer.body) });
        // Chromium reads no cookies from a handshake that was refused.
        if (answer.status === 101) this.#network.keepCookies(exchange, answer.headers, context);
      },
      message: (from, data) =>
        exchange.emit(
          typeof data === 'string'
            ? { kind: 'message', from, text: toText(new TextEncoder().encode(data)) }
            : { kind: 'message', from, bytes: data.length },
        ),
      close: (from, code, reason) =>
        exchange.emit({
          kind: 'close',
          from,
          ...(code === undefined ? {} : { code }),
          ...(reason ? { reason } : {}),
        }),
    });
  }

  /** What `document.cookie` is on a page, given by its URL. */
  readCookies(page: string): string {
    const context = { url: page, method: 'GET', sameSite: 'strict', script: true } as const;
    return cookieHeader(this.jar.get(context).sent);
  }

  /** Assigns to `document.cookie` on a page; an event tells what became of it. */
  writeCookie(page: string, line: string): void {
    const result = this.jar.set(line, { url: page, sameSite: 'strict', script: true });
    this.#network.begin(false).emit({ kind: 'cookie', ...result });
  }

  /** `document.cookie` on the browser's own page. */
  get cookie(): string {
    return this.readCookies(`${this.origin}/`);
  }

  set cookie(line: string) {
    this.writeCookie(`${this.origin}/`, line);
  }
}
