// Where credentials travel: which carriers an item uses, and the texts in which a token may stand.
import type { CarrierName } from '../../carriers.ts';
import type { WireEvent } from '../../tab/wire.ts';
import type { Item } from './item.ts';
import { findJwts } from './jwt.ts';
import { addressOf } from './url.ts';

const NAMES = /^(?:access_?)?(?:token|jwt|auth|authorization|ticket|api_?key|session|password)$/i;

/** A text of an event and where it stands: "in the query". */
export type Place = [where: string, text: string];

/** The carriers of an item, in the order in which a server meets them. */
export function carriersOf({ event, from, packets }: Item): CarrierName[] {
  const found: CarrierName[] = [];
  if (event.kind === 'request' && inQuery(event.url)) found.push('query');
  const field = event.kind === 'request' ? 'cookie' : 'set-cookie';
  const headers = event.kind === 'request' || event.kind === 'response' ? event.headers : [];
  if (event.kind === 'cookie') found.push('cookie');
  if (headers.some(([name]) => name.toLowerCase() === field)) found.push('cookie');
  const filled = packets.some(({ socket, data }) => socket === 'CONNECT' && isFilled(data));
  if (from === 'browser' && filled) found.push('auth-field');
  return found;
}

/** All texts of an event that may hold a token. */
export function placesOf(event: WireEvent): Place[] {
  if (event.kind === 'message') return [['in the packet', event.text ?? '']];
  if (event.kind !== 'request' && event.kind !== 'response') return [];
  const query: Place[] = event.kind === 'request' ? [['in the URL', event.url]] : [];
  const headers = event.headers.map(([name, value]): Place => [`in ${name}`, value]);
  return [...query, ...headers, ['in the body', event.body]];
}

function inQuery(url: string): boolean {
  const params = [...(addressOf(url)?.searchParams ?? [])];
  return params.some(
    ([name, value]) => value !== '' && (NAMES.test(name) || findJwts(value).length > 0),
  );
}

const isFilled = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && Object.keys(data).length > 0;
