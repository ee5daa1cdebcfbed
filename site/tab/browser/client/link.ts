// The frame's end of its port: requests and sockets by number, and the copy of the cookies.

import type { BrowserResponse } from '../fetch-types.ts';
import { CookieJar, cookieHeader } from '../jar.ts';
import {
  type CookieCopy,
  type FetchMessage,
  type FromFrame,
  MOST,
  type ToFrame,
} from '../protocol.ts';

/** What the page says of a socket. */
export type SocketMessage = Exclude<ToFrame, { type: 'response' } | { type: 'cookies' }>;
type Waiting = (response: BrowserResponse | undefined) => void;

export class Link {
  /** The page that the frame pretends to be; relative addresses are relative to it. */
  readonly page: string;
  #port: MessagePort;
  #last = 0;
  #requests = new Map<number, Waiting>();
  #sockets = new Map<number, (message: SocketMessage) => void>();
  #jar: CookieJar;
  #ahead = 0;
  #written = 0;

  /** What the page has asked for, by URL, in order. */
  readonly resources: string[] = [];

  constructor(port: MessagePort, page: string, cookies: CookieCopy | undefined) {
    this.page = page;
    this.#port = port;
    this.#jar = new CookieJar({ now: () => Date.now() + this.#ahead });
    if (cookies) this.#takeCookies(cookies);
    port.onmessage = ({ data }) => this.#take(data);
  }

  #send(message: FromFrame, data?: string | Uint8Array): void {
    if (data && data.length > MOST) {
      console.error(`The tab carries at most ${MOST} bytes in a request or a message.`);
    }
    this.#port.postMessage(message);
  }

  #take(message: ToFrame): void {
    if (message.type === 'cookies') this.#takeCookies(message);
    else if (message.type === 'response') this.#answer(message.id, message.response);
    else {
      this.#answer(message.id, undefined);
      this.#sockets.get(message.id)?.(message);
      if (['closed', 'failed'].includes(message.type)) this.#sockets.delete(message.id);
    }
  }

  #answer(id: number, response: BrowserResponse | undefined): void {
    const waiting = this.#requests.get(id);
    this.#requests.delete(id);
    waiting?.(response);
  }

  /** Sends a request; `done` hears its response, or undefined when it failed. Gives what aborts it: then nothing is heard. */
  request(request: Omit<FetchMessage, 'type' | 'id'>, done: Waiting): () => void {
    const id = ++this.#last;
    this.resources.push(request.url);
    this.#requests.set(id, done);
    this.#send({ type: 'fetch', id, ...request }, request.body);
    return () => {
      if (this.#requests.delete(id)) this.#send({ type: 'abort', id });
    };
  }

  /** Opens a socket; `hear` hears all that the page says of it. */
  open(url: string, protocols: string[], hear: (message: SocketMessage) => void) {
    const id = ++this.#last;
    this.#sockets.set(id, hear);
    this.#send({ type: 'open', id, url, protocols });
    return {
      send: (data: string | Uint8Array) => this.#send({ type: 'send', id, data }, data),
      close: (code: number | undefined, reason: string) =>
        this.#send({ type: 'close', id, reason, ...(code === undefined ? {} : { code }) }),
    };
  }

  /** A copy from before the last assignment is out of date: a later one follows it. */
  #takeCookies({ seen, at, cookies }: CookieCopy): void {
    if (seen < this.#written) return;
    this.#ahead = at - Date.now();
    this.#jar.load(cookies);
  }

  get cookie(): string {
    const context = { url: this.page, method: 'GET', sameSite: 'strict', script: true } as const;
    return cookieHeader(this.#jar.get(context).sent);
  }

  set cookie(line: string) {
    this.#jar.set(line, { url: this.page, sameSite: 'strict', script: true });
    this.#send({ type: 'cookie', seq: ++this.#written, line });
  }
}
