// Preflights, and for how long an answer serves: the Fetch standard's "CORS-preflight fetch" and "CORS-preflight cache".
import type { Header, HttpResponse } from '../wire.ts';
import {
  type CorsRequest,
  checkPreflight,
  needsPreflight,
  preflightAge,
  preflightHeaders,
} from './cors.ts';
import { type Asked, metadataHeaders } from './metadata.ts';
import { type Network, USER_AGENT } from './Network.ts';

/** By origin, URL and credentials mode; each with the time (ms) until which it serves. */
export class Preflights {
  #known = new Map<string, { answer: HttpResponse; until: number }>();
  #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Asks before a request where one must. Throws the TypeError of a blocked one. */
  async ask(
    network: Network,
    asked: Asked,
    request: CorsRequest,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const url = asked.urls.at(-1);
    if (!url || !needsPreflight(request)) return;
    const key = `${request.origin} ${request.credentials} ${url.href}`;
    const known = this.#known.get(key);
    if (known && known.until > this.#now() && !checkPreflight(known.answer, request)) return;
    const exchange = network.begin();
    // No cookies, whatever the credentials mode: the preflight asks whether they may go along.
    const headers: Header[] = [
      ['Host', url.host],
      ['Connection', 'keep-alive'],
      ['Accept', '*/*'],
      ...preflightHeaders(request),
      ['User-Agent', USER_AGENT],
      ...metadataHeaders({ ...asked, method: 'OPTIONS' }),
    ];
    const options = { method: 'OPTIONS', target: url.pathname + url.search, headers };
    const answer = await network.send(exchange, url, options, signal);
    const why = checkPreflight(answer, request);
    if (why) throw exchange.block(why);
    this.#known.set(key, { answer, until: this.#now() + preflightAge(answer.headers) });
  }
}
