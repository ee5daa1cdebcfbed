/**
 * Wire events as a person reads them. A message and a response say nothing of where they belong: the reader
 * remembers the request of each exchange, for the last 500 that were used.
 */
import type { WireEvent } from '../../tab/wire.ts';
import { carriersOf } from './carried.ts';
import { readRequest, readResponse } from './http.ts';
import type { Exchange, Item } from './item.ts';
import { isBeat, readMessage } from './packets.ts';
import { addressOf, isSocketIo } from './url.ts';

const REMEMBERED = 500;
/** RFC 6455 section 7.4.1. */
const CODES: Record<number, string> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code was sent',
  1006: 'the connection was lost',
  1007: 'not UTF-8',
  1008: 'against the policy',
  1009: 'too big',
  1011: 'an error in the server',
};

type Of<Kind extends WireEvent['kind']> = Extract<WireEvent, { kind: Kind }>;

/** Reads a wire's events, in their order. Malformed ones are read too: nothing throws. */
export class WireReader {
  #exchanges = new Map<string, Exchange>();

  read(event: WireEvent): Item {
    const item = this.#read(event);
    item.carriers = carriersOf(item);
    return item;
  }

  #read(event: WireEvent): Item {
    switch (event.kind) {
      case 'request': {
        const request = readRequest(event);
        const upgrade = event.headers.some(([name]) => name.toLowerCase() === 'upgrade');
        const { method } = event;
        this.#remember(event, { request, url: addressOf(event.url), method, upgrade });
        return request;
      }
      case 'response':
        return readResponse(event, this.#recall(event));
      case 'message':
        return this.#message(event);
      case 'close':
        return this.#close(event);
      case 'cookie': {
        const words = `${event.name} ${event.verb}: ${event.why}`;
        const verdict = event.verb === 'refused' ? ({ verdict: 'refused' } as const) : {};
        return { ...blank(event), name: 'cookie', words, topics: ['cookies'], ...verdict };
      }
      case 'blocked':
        return {
          ...blank(event),
          ...{ name: 'blocked', words: event.why, verdict: 'refused' },
          topics: /cookie/i.test(event.why) ? ['http', 'cookies'] : ['http'],
        };
    }
  }

  #message(event: Of<'message'>): Item {
    const { url } = this.#recall(event) ?? {};
    const item: Item = { ...blank(event), ...sent(event), topics: ['packets'] };
    const { text } = event;
    if (text === undefined) {
      const name = `binary message, ${event.bytes ?? 0} bytes`;
      return url && !isSocketIo(url) ? { ...item, name } : { ...item, name: `${name}: attachment` };
    }
    if (url && !isSocketIo(url)) return { ...item, name: 'WebSocket message', raw: [text] };
    const packet = readMessage(text);
    const { name, engine, socket } = packet;
    const verdict =
      socket === 'CONNECT_ERROR'
        ? ({ verdict: 'refused' } as const)
        : socket === 'CONNECT' && item.from === 'server' && engine
          ? ({ verdict: 'connected' } as const)
          : {};
    return { ...item, name, raw: [text], packets: [packet], beat: isBeat(packet), ...verdict };
  }

  #close(event: Of<'close'>): Item {
    const { code, reason = '' } = event;
    const upgraded = this.#recall(event)?.upgrade ?? true;
    const item: Item = { ...blank(event), ...sent(event) };
    if (!upgraded) return { ...item, name: 'request given up', topics: ['http'] };
    const meaning =
      code === undefined ? 'no code' : `${code}, ${CODES[code] ?? 'a code of its own'}`;
    const name = `WebSocket closed: ${meaning}`;
    return { ...item, name, raw: reason ? [reason] : [], topics: ['packets'] };
  }

  #remember(event: WireEvent, exchange: Exchange): void {
    this.#exchanges.set(keyOf(event), exchange);
    for (const key of this.#exchanges.keys()) {
      if (this.#exchanges.size <= REMEMBERED) break;
      this.#exchanges.delete(key);
    }
  }

  /** The exchange of an event; it becomes the one used last. */
  #recall(event: WireEvent): Exchange | undefined {
    const found = this.#exchanges.get(keyOf(event));
    if (!found) return undefined;
    this.#exchanges.delete(keyOf(event));
    this.#exchanges.set(keyOf(event), found);
    return found;
  }
}

const keyOf = ({ browser, exchange }: WireEvent): string => `${exchange} ${browser}`;

const sent = ({ from }: { from: 'client' | 'server' }) =>
  ({ from: from === 'client' ? 'browser' : 'server' }) as const;

function blank(event: WireEvent): Item {
  return {
    ...{ event, name: '', raw: [], facts: [], packets: [] },
    ...{ topics: [], carriers: [], beat: false },
  };
}
