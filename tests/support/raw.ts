// A client that speaks the protocol by hand: it sees what the official one hides, and is not polite.
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

export type Headers = Record<string, string>;

/** What a client sends with a handshake: headers, fields of the query, and `auth` in its CONNECT. */
export interface Presented {
  headers?: Headers;
  query?: Record<string, string>;
  auth?: unknown;
}

/** The engine's URL for a transport, without the scheme's change for WebSocket. */
function urlOf(origin: string, transport: string, query: Record<string, string>): string {
  return `${origin}/socket.io/?${new URLSearchParams({ EIO: '4', transport, ...query })}`;
}
export type Answer =
  | { kind: 'connected'; sid: string }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'closed' }
  | { kind: 'silent' };

/** One Engine.IO connection; packets are Engine.IO text, such as `40{"token":"…"}`. */
export abstract class Raw {
  readonly packets: string[] = [];
  /** The engine's id of the connection: known at once by polling, else read it off the OPEN packet. */
  readonly sid: string = '';
  closed = false;
  private read = 0;

  abstract send(...packets: string[]): Promise<void>;
  abstract close(): void;

  /** The next unread packet that starts so, or undefined once closed or after `ms`. */
  async next(start: string, ms = 2_000): Promise<string | undefined> {
    const end = Date.now() + ms;
    for (;;) {
      while (this.read < this.packets.length) {
        const packet = this.packets[this.read++];
        if (packet?.startsWith(start)) return packet;
      }
      if (this.closed || Date.now() > end) return undefined;
      await wait(5);
    }
  }

  /** Resolves true when the server has closed within `ms`. */
  async isClosed(ms: number): Promise<boolean> {
    const end = Date.now() + ms;
    while (!this.closed && Date.now() < end) await wait(5);
    return this.closed;
  }

  /** Counts the refusals to come, until there are `most`, or none for `quiet` ms, or it closed. */
  async refusals(most: number, quiet: number): Promise<number> {
    let count = 0;
    while (count < most && (await this.next('44', quiet))) count += 1;
    return count;
  }

  /** Sends CONNECT and reads the answer. */
  async connect(auth?: unknown, namespace = '/', ms = 2_000): Promise<Answer> {
    await this.send(connectPacket(auth, namespace));
    return this.answer(namespace, ms);
  }

  async answer(namespace = '/', ms = 2_000): Promise<Answer> {
    const prefix = namespace === '/' ? '' : `${namespace},`;
    const end = Date.now() + ms;
    while (Date.now() < end) {
      const packet = await this.next('4', end - Date.now());
      if (!packet) return this.closed ? { kind: 'closed' } : { kind: 'silent' };
      if (packet.startsWith(`40${prefix}`)) {
        return { kind: 'connected', sid: JSON.parse(packet.slice(2 + prefix.length)).sid };
      }
      if (packet.startsWith(`44${prefix}`)) {
        const { message, data } = JSON.parse(packet.slice(2 + prefix.length));
        return { kind: 'refused', message, code: data?.code ?? message };
      }
    }
    return { kind: 'silent' };
  }
}

export function connectPacket(auth?: unknown, namespace = '/'): string {
  const prefix = namespace === '/' ? '' : `${namespace},`;
  return `40${prefix}${auth === undefined ? '' : JSON.stringify(auth)}`;
}

class RawWebSocket extends Raw {
  readonly socket: WebSocket;

  constructor(origin: string, headers: Headers, query: Record<string, string>) {
    super();
    const url = urlOf(origin.replace('http', 'ws'), 'websocket', query);
    this.socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.socket.on('message', (data) => {
      const packet = String(data);
      if (packet === '2') this.socket.send('3');
      else this.packets.push(packet);
    });
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.on('error', () => {
      this.closed = true;
    });
  }

  async send(...packets: string[]): Promise<void> {
    for (const packet of packets) this.socket.send(packet);
  }

  close(): void {
    this.socket.terminate();
  }
}

class RawPolling extends Raw {
  override readonly sid: string;
  private readonly url: string;
  private readonly headers: Headers;
  private readonly stopped = new AbortController();

  constructor(origin: string, headers: Headers, query: Record<string, string>, sid: string) {
    super();
    this.url = urlOf(origin, 'polling', { ...query, sid });
    this.sid = sid;
    this.headers = headers;
    void this.poll();
  }

  private async poll(): Promise<void> {
    while (!this.closed) {
      const { signal } = this.stopped;
      const response = await fetch(this.url, { headers: this.headers, signal }).catch(
        () => undefined,
      );
      if (!response?.ok) {
        this.closed = true;
        return;
      }
      for (const packet of (await response.text()).split('\x1e')) {
        if (packet === '1') this.closed = true;
        else if (packet === '2') void this.send('3');
        else this.packets.push(packet);
      }
    }
  }

  async send(...packets: string[]): Promise<void> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain;charset=UTF-8', ...this.headers },
      body: packets.join('\x1e'),
    }).catch(() => undefined);
    if (!response?.ok) this.closed = true;
  }

  close(): void {
    this.closed = true;
    this.stopped.abort();
  }
}

/** The status with which the server refused to open a connection. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the server refused the connection: ${status}`);
    this.status = status;
  }
}

/** Opens a connection over WebSocket and reads the OPEN packet. Throws `Refused` with the status. */
export async function openWebSocket(
  origin: string,
  headers: Headers = {},
  query: Record<string, string> = {},
): Promise<Raw> {
  const raw = new RawWebSocket(origin, headers, query);
  const refused = new Promise<never>((_resolve, reject) => {
    raw.socket.on('unexpected-response', (_request, response) => {
      reject(new Refused(response.statusCode ?? 0));
      raw.close();
    });
  });
  refused.catch(() => {});
  const open = await Promise.race([raw.next('0', 5_000), refused]);
  if (!open) throw new Refused(0);
  return raw;
}

/** Opens a connection by long polling and keeps one GET waiting. Throws `Refused` with the status. */
export async function openPolling(
  origin: string,
  headers: Headers = {},
  query: Record<string, string> = {},
): Promise<Raw> {
  const response = await fetch(urlOf(origin, 'polling', query), { headers });
  if (!response.ok) throw new Refused(response.status);
  const { sid } = JSON.parse((await response.text()).slice(1));
  return new RawPolling(origin, headers, query, sid);
}

/** Opens a WebSocket and sends CONNECT with this; gives `connected`, or the code of the refusal. */
export async function answerTo(origin: string, presented: Presented): Promise<string> {
  const raw = await openWebSocket(origin, presented.headers, presented.query);
  const answer = await raw.connect(presented.auth);
  raw.close();
  return answer.kind === 'refused' ? answer.code : answer.kind;
}
