// One fetch with its redirects: the Fetch standard's "main fetch" and "HTTP fetch".
import type { Header, HttpResponse } from '../wire.ts';
import { type CorsRequest, checkResponse, exposedHeaders, isSameOrigin } from './cors.ts';
import { type BrowserRequest, type BrowserResponse, opaqueResponse } from './fetch-types.ts';
import { getHeader, isForbiddenMethod, without } from './headers.ts';
import {
  type Asked,
  type Mode,
  metadataHeaders,
  originHeader,
  originOf,
  siteContext,
} from './metadata.ts';
import { type Exchange, type Network, USER_AGENT } from './Network.ts';
import type { Preflights } from './Preflights.ts';
import { firstHop, type Hop, redirect, urlOf } from './redirect.ts';

const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** Follows one request to its response. `run` throws a TypeError, having told why, or the signal's reason. */
export class Fetching {
  #network: Network;
  #preflights: Preflights;
  #request: BrowserRequest;
  #mode: Mode;
  #origin: string | undefined;

  constructor(network: Network, preflights: Preflights, request: BrowserRequest) {
    this.#network = network;
    this.#preflights = preflights;
    this.#request = request;
    this.#mode = request.navigation ? 'navigate' : (request.mode ?? 'cors');
    const { initiator } = request;
    this.#origin = initiator === undefined ? undefined : originOf(initiator);
  }

  async run(): Promise<BrowserResponse> {
    let hop = firstHop(this.#request);
    if (!hop) throw this.#block(`${this.#request.url} is no URL`);
    for (;;) {
      hop = { ...hop, tainting: this.#taint(hop) };
      const { response, exchange } = await this.#go(hop);
      const location = getHeader(response.headers, 'location');
      const { status } = response;
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
        return this.#filter(response, hop);
      }
      if (this.#request.redirect === 'error') throw exchange.block('a redirect, which it forbids');
      if (this.#request.redirect === 'manual' && this.#mode !== 'navigate') {
        return opaqueResponse('opaqueredirect', urlOf(hop).href);
      }
      const next = redirect(hop, { status, location }, this.#origin);
      if (typeof next === 'string') throw exchange.block(next);
      hop = next;
    }
  }

  #block(why: string): TypeError {
    return this.#network.begin().block(why);
  }

  /** "Main fetch": how the answer will be read, or that the request may not be made at all. */
  #taint(hop: Hop): Hop['tainting'] {
    const { method, tainting } = hop;
    if (isForbiddenMethod(method)) throw this.#block(`no script may use ${method}`);
    if (this.#mode === 'navigate' || this.#origin === undefined) return 'basic';
    if (tainting === 'basic' && isSameOrigin(urlOf(hop), this.#origin)) return 'basic';
    if (this.#mode === 'same-origin') {
      throw this.#block('it goes to another origin, and its mode is same-origin');
    }
    if (this.#mode === 'cors') return 'cors';
    if (['GET', 'HEAD', 'POST'].includes(method)) return 'opaque';
    throw this.#block(`${method} to another origin, and its mode is no-cors`);
  }

  /** "HTTP fetch": the preflight if it needs one, the request, and the CORS check. */
  async #go(hop: Hop): Promise<{ response: HttpResponse; exchange: Exchange }> {
    const { initiator, credentials, signal, destination } = this.#request;
    const { method, headers, urls, tainted } = hop;
    const mode = this.#mode;
    const asked: Asked = {
      ...{ initiator, urls, method, mode, tainted, cors: hop.tainting === 'cors' },
      destination: destination ?? (mode === 'navigate' ? 'document' : 'empty'),
    };
    const origin = originHeader(asked) ?? '';
    const cors: CorsRequest = { method, headers, origin, credentials: credentials === 'include' };
    if (asked.cors) await this.#preflights.ask(this.#network, asked, cors, signal);
    const exchange = this.#network.begin();
    const response = await this.#send(exchange, hop, asked);
    const why = asked.cors ? checkResponse(response, cors) : undefined;
    if (why) throw exchange.block(why);
    return { response, exchange };
  }

  /** "HTTP-network-or-cache fetch", where the browser's own headers and the cookies are added. */
  async #send(exchange: Exchange, hop: Hop, asked: Asked): Promise<HttpResponse> {
    const { method, body } = hop;
    const { credentials = 'same-origin', signal } = this.#request;
    const [url, navigation] = [urlOf(hop), this.#mode === 'navigate'];
    const context = { url, method, sameSite: siteContext(url, asked.initiator, navigation) };
    const own = credentials === 'same-origin' && hop.tainting === 'basic';
    const barred =
      navigation || own || credentials === 'include'
        ? undefined
        : `the request's credentials mode is ${credentials}`;
    const cookies = this.#network.cookiesFor(exchange, context, barred);
    const accept = getHeader(hop.headers, 'accept') ?? (navigation ? HTML : '*/*');
    const sized = body !== undefined || method === 'POST' || method === 'PUT';
    const headers: Header[] = [
      ['Host', url.host],
      ['Connection', 'keep-alive'],
    ];
    if (sized) headers.push(['Content-Length', String(body?.length ?? 0)]);
    if (navigation) headers.push(['Upgrade-Insecure-Requests', '1']);
    headers.push(['User-Agent', USER_AGENT], ...without(hop.headers, ['accept']));
    headers.push(['Accept', accept], ...metadataHeaders(asked), ...cookies);
    const request = { method, target: url.pathname + url.search, headers, ...(body && { body }) };
    const response = await this.#network.send(exchange, url, request, signal);
    this.#network.keepCookies(exchange, response.headers, context, barred);
    return response;
  }

  /** What of a response its type lets through (Fetch, "filtered response"). */
  #filter(response: HttpResponse, { tainting, urls }: Hop): BrowserResponse {
    if (tainting === 'opaque') return opaqueResponse('opaque');
    const credentials = this.#request.credentials === 'include';
    const crossOrigin = tainting === 'cors';
    const headers = exposedHeaders(response.headers, { crossOrigin, credentials });
    const { status, statusText, body } = response;
    const url = urls.at(-1)?.href ?? '';
    return { type: tainting, status, statusText, headers, body, url, redirected: urls.length > 1 };
  }
}
