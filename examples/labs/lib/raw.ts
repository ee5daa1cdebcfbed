// Engine.IO and Socket.IO by hand, over whatever opens a connection: it sees what the official client hides.

/** A line to the server that carries the engine's packets, as text. */
export interface Line {
  send(packets: readonly string[]): Promise<void>;
  close(): void;
}

/** How a line tells what it hears. */
export interface Heard {
  packet(text: string): void;
  closed(): void;
}

export interface OpenOptions {
  transport?: 'websocket' | 'polling';
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

/** The server did not open the connection, and answered with this status. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the server refused the connection: ${status}`);
    this.status = status;
  }
}

export type Reply =
  | { kind: 'connected'; sid: string }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'closed' | 'silent' };

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const prefixOf = (namespace: string) => (namespace === '/' ? '' : `${namespace},`);

/** The path of an engine's URL. */
export function pathOf(transport: string, query: Record<string, string> = {}): string {
  return `/socket.io/?${new URLSearchParams({ EIO: '4', transport, ...query })}`;
}

/** The packet that asks for a namespace. */
export function connectPacket(auth?: unknown, namespace = '/'): string {
  return `40${prefixOf(namespace)}${auth === undefined ? '' : JSON.stringify(auth)}`;
}

/** One connection. Packets are Engine.IO text, such as `40{"token":"…"}`. */
export class Raw implements Heard {
  readonly packets: string[] = [];
  /** The engine's id of the connection. */
  readonly sid: string;
  isClosed = false;
  #read = 0;
  #acks = 0;
  #line: Line | undefined;

  constructor(sid = '') {
    this.sid = sid;
  }

  /** Gives it the line that it speaks over. */
  over(line: Line): this {
    this.#line = line;
    return this;
  }

  packet(text: string): void {
    if (text === '2') void this.send('3');
    else if (text === '1') this.closed();
    else this.packets.push(text);
  }

  closed(): void {
    this.isClosed = true;
  }

  async send(...packets: string[]): Promise<void> {
    if (!this.isClosed) await this.#line?.send(packets);
  }

  close(): void {
    this.isClosed = true;
    this.#line?.close();
  }

  /** The next unread packet that starts so; undefined once closed, or after `ms`. */
  async next(start: string, ms = 500): Promise<string | undefined> {
    for (const end = Date.now() + ms; ; await wait(5)) {
      while (this.#read < this.packets.length) {
        const packet = this.packets[this.#read++];
        if (packet?.startsWith(start)) return packet;
      }
      if (this.isClosed || Date.now() > end) return undefined;
    }
  }

  /** Whether the server closes the connection within `ms`. */
  async closes(ms: number): Promise<boolean> {
    for (const end = Date.now() + ms; !this.isClosed && Date.now() < end; ) await wait(5);
    return this.isClosed;
  }

  /** Asks for a namespace and reads the answer. */
  async connect(auth?: unknown, namespace = '/', ms = 1_000): Promise<Reply> {
    await this.send(connectPacket(auth, namespace));
    return this.reply(namespace, ms);
  }

  /** The next answer to a CONNECT for this namespace. */
  async reply(namespace = '/', ms = 1_000): Promise<Reply> {
    const prefix = prefixOf(namespace);
    for (const end = Date.now() + ms; Date.now() < end; ) {
      const packet = await this.next('4', end - Date.now());
      if (packet === undefined) break;
      const rest = packet.slice(2 + prefix.length);
      if (packet.startsWith(`40${prefix}`)) return { kind: 'connected', sid: JSON.parse(rest).sid };
      if (!packet.startsWith(`44${prefix}`)) continue;
      const { message, data } = JSON.parse(rest);
      return { kind: 'refused', message, code: data?.code ?? message };
    }
    return { kind: this.isClosed ? 'closed' : 'silent' };
  }

  /** Emits an event; gives what its acknowledgement says, or undefined when there is none within `ms`. */
  async ask(event: string, args: unknown[] = [], namespace = '/', ms = 500): Promise<unknown> {
    const [id, prefix] = [this.#acks++, prefixOf(namespace)];
    await this.send(`42${prefix}${id}${JSON.stringify([event, ...args])}`);
    const answer = await this.next(`43${prefix}${id}[`, ms);
    return answer && JSON.parse(answer.slice(`43${prefix}${id}`.length))[0];
  }

  /** The payload of the next event of this name, or undefined when there is none within `ms`. */
  async hear(event: string, namespace = '/', ms = 500): Promise<unknown> {
    const start = `42${prefixOf(namespace)}`;
    const packet = await this.next(`${start}["${event}"`, ms);
    return packet && JSON.parse(packet.slice(start.length))[1];
  }
}

/** What long polling needs of a target. */
interface Asked {
  request(
    path: string,
    options?: { method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<{ status: number; body: string }>;
}

/** Opens a connection by long polling, and keeps one GET waiting. Throws `Refused`, with the status. */
export async function openPolling(
  target: Asked,
  { headers = {}, query = {} }: OpenOptions = {},
): Promise<Raw> {
  const { status, body } = await target.request(pathOf('polling', query), { headers });
  if (status !== 200) throw new Refused(status);
  const { sid } = JSON.parse(body.slice(1));
  const path = pathOf('polling', { ...query, sid });
  const raw: Raw = new Raw(sid).over({
    async send(packets) {
      const sent = { method: 'POST', headers, body: packets.join('\x1e') };
      const answer = await target.request(path, sent).catch(() => undefined);
      if (answer?.status !== 200) raw.closed();
    },
    close() {},
  });
  const poll = async (): Promise<void> => {
    while (!raw.isClosed) {
      const answer = await target.request(path, { headers }).catch(() => undefined);
      if (answer?.status !== 200) return raw.closed();
      for (const packet of answer.body.split('\x1e')) raw.packet(packet);
    }
  };
  void poll();
  return raw;
}
