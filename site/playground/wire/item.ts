// One thing on the wire as a person reads it. `decode.ts` makes these, the view draws them.
import type { CarrierName } from '../../carriers.ts';
import type { WireEvent } from '../../tab/wire.ts';
import type { Packet } from './packets.ts';

export type Topic = 'http' | 'packets' | 'cookies';

export interface Item {
  event: WireEvent;
  /** What stands above it in small type: "CONNECT /", "200 OK: OPEN". */
  name: string;
  /** Who sent it: browser → server.ts or back. Undefined for what happens in the browser itself. */
  from?: 'browser' | 'server';
  /** What it is on the wire, each text exactly as sent: a request line, packets, a body. */
  raw: string[];
  /** What an item that is not on the wire says in words, after its name. */
  words?: string;
  /** Transport, sid and the like: label and value. */
  facts: [label: string, value: string][];
  packets: Packet[];
  verdict?: 'connected' | 'refused';
  topics: Topic[];
  /** Where a credential travels in it. */
  carriers: CarrierName[];
  /** Nothing but a ping or a pong, or what belongs to one. */
  beat: boolean;
  /** The request that this is the response to. */
  answers?: Item;
}

/** What is remembered of an exchange, for what comes later in it. */
export interface Exchange {
  request: Item;
  url: URL | undefined;
  method: string;
  upgrade: boolean;
}
