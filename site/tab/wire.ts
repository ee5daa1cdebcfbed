/**
 * What goes between a page's browser and the server in its tab, as messages and as events to watch.
 *
 * HTTP travels as whole messages, not as bytes. After an `Upgrade` a connection carries bytes, both ways, from the
 * status line of the answer on: what a WebSocket server writes is what the client reads.
 */

/** A header field as it was sent; names keep their case. */
export type Header = [name: string, value: string];

export interface HttpRequest {
  method: string;
  /** Path and query: `/socket.io/?EIO=4`. */
  target: string;
  headers: Header[];
  body?: Uint8Array;
}

export interface HttpResponse {
  status: number;
  statusText: string;
  headers: Header[];
  body: Uint8Array;
}

/** One connection to a server. Every request opens its own; an upgraded one stays open. */
export interface Connection {
  /** Sends a request. Rejects with an Error when the connection ends before the response. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Sends a request with `Upgrade`; from here on the connection is bytes, the answer's head included. */
  upgrade(request: HttpRequest, heard: { bytes(chunk: Uint8Array): void; closed(): void }): void;
  /** Sends bytes on an upgraded connection. */
  write(bytes: Uint8Array): void;
  /** Ends the connection at once, as a lost network would. */
  close(): void;
}

/** Whatever answers connections: the server in the tab, or a test's own. */
export interface Server {
  /** Opens a connection, or gives undefined where nobody listens on this port. */
  connect(port: number): Connection | undefined;
}

/** One thing that was seen on the wire. `exchange` counts requests, and is the same for all that belongs to one. */
export type WireEvent = { at: number; browser: string; exchange: number } & WireDetail;

export type WireDetail =
  | { kind: 'request'; method: string; url: string; headers: Header[]; body: string }
  | { kind: 'response'; status: number; statusText: string; headers: Header[]; body: string }
  /** A WebSocket message, from the first byte of its first frame to its last; binary ones as their length. */
  | { kind: 'message'; from: 'client' | 'server'; text?: string; bytes?: number }
  | { kind: 'close'; from: 'client' | 'server'; code?: number; reason?: string }
  /** A cookie that was set, refused by the browser, or not sent along, with the reason in words. */
  | {
      kind: 'cookie';
      verb: 'stored' | 'deleted' | 'refused' | 'withheld';
      name: string;
      why: string;
    }
  /** What the browser kept from a script, and by which rule. */
  | { kind: 'blocked'; why: string };
