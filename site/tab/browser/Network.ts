// What every request of a browser passes through: the server's port, the cookie jar, and the events for whoever watches.
import type {
  Connection,
  Header,
  HttpRequest,
  HttpResponse,
  Server,
  WireDetail,
  WireEvent,
} from '../wire.ts';
import { getAll } from './headers.ts';
import { type CookieJar, cookieHeader } from './jar.ts';
import type { SiteContext } from './jar-rules.ts';

export const USER_AGENT = 'Handshake (virtual browser)';
const HOSTS = ['localhost', '127.0.0.1'];
const CUT = 100_000;

/** A body or a message as an event shows it: UTF-8, at most 100 kB of it. */
export function toText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, CUT));
  return bytes.length > CUT ? `${text}… (${bytes.length} bytes)` : text;
}

/** One request and its answer, as they are watched. */
export interface Exchange {
  emit(detail: WireDetail): void;
  /** Tells why, and gives what a script is told: nothing but that it failed (Fetch, "network error"). */
  block(why: string): TypeError;
}

interface CookieContext {
  url: URL;
  method: string;
  sameSite: SiteContext;
}

export class Network {
  #name: string;
  #server: Server;
  #jar: CookieJar;
  #watch: (event: WireEvent) => void;
  #now: () => number;
  #count = 0;

  constructor(options: {
    name: string;
    server: Server;
    jar: CookieJar;
    watch: (event: WireEvent) => void;
    now: () => number;
  }) {
    this.#name = options.name;
    this.#server = options.server;
    this.#jar = options.jar;
    this.#watch = options.watch;
    this.#now = options.now;
  }

  /** Begins a request: the next number. Without one, the events belong to no request, and have the number 0. */
  begin(numbered = true): Exchange {
    const exchange = numbered ? ++this.#count : 0;
    const emit = (detail: WireDetail) =>
      this.#watch({ at: this.#now(), browser: this.#name, exchange, ...detail });
    return {
      emit,
      block(why) {
        emit({ kind: 'blocked', why });
        return new TypeError('Failed to fetch');
      },
    };
  }

  /** A connection to where a URL points, or why there is none. */
  connect(url: URL): Connection | string {
    if (!HOSTS.includes(url.hostname)) return 'this browser has no network beyond this page';
    if (!['http:', 'ws:'].includes(url.protocol)) return `nothing speaks ${url.protocol} here`;
    const port = Number(url.port || 80);
    return this.#server.connect(port) ?? `connection refused: nothing listens on port ${port}`;
  }

  /** Sends a request and waits for its response. Throws what `block` gives when none comes, or an AbortError. */
  async send(
    exchange: Exchange,
    url: URL,
    request: HttpRequest,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    signal?.throwIfAborted();
    const connection = this.connect(url);
    if (typeof connection === 'string') throw exchange.block(connection);
    const { method, headers, body = new Uint8Array() } = request;
    exchange.emit({ kind: 'request', method, url: url.href, headers, body: toText(body) });
    const abort = () => connection.close();
    signal?.addEventListener('abort', abort);
    try {
      const response = await connection.request(request);
      signal?.throwIfAborted();
      const { status, statusText } = response;
      const text = toText(response.body);
      exchange.emit({
        kind: 'response',
        status,
        statusText,
        headers: response.headers,
        body: text,
      });
      return response;
    } catch (error) {
      if (signal?.aborted) {
        exchange.emit({ kind: 'close', from: 'client' });
        throw signal.reason;
      }
      const why = error instanceof Error ? error.message : String(error);
      throw exchange.block(`the connection ended before the response: ${why}`);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** The Cookie header for a request, if any; tells what stays behind. `barred` is why all of them do. */
  cookiesFor(exchange: Exchange, context: CookieContext, barred?: string): Header[] {
    const { sent, withheld } = this.#jar.get({ ...context, url: context.url.href, script: false });
    const behind = barred
      ? [...sent.map(({ name }) => ({ name, why: barred })), ...withheld]
      : withheld;
    for (const cookie of behind) exchange.emit({ kind: 'cookie', verb: 'withheld', ...cookie });
    return sent.length && !barred ? [['Cookie', cookieHeader(sent)]] : [];
  }

  /** Takes a response's cookies, and tells what becomes of each. */
  keepCookies(
    exchange: Exchange,
    headers: Header[],
    context: CookieContext,
    barred?: string,
  ): void {
    for (const line of getAll(headers, 'set-cookie')) {
      const name = line.split(/[=;]/)[0]?.trim() ?? '';
      const result = barred
        ? ({ verb: 'refused', name, why: barred } as const)
        : this.#jar.set(line, { ...context, url: context.url.href, script: false });
      exchange.emit({ kind: 'cookie', ...result });
    }
  }
}
