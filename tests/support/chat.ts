// The chat as its tests meet it: started with a steering of its own, and talked to by hand.
import type { WebSocket } from 'ws';
import { type Example, type Options, signToken } from './example.ts';
import { logInForCookie, PASSWORD, post } from './http.ts';
import { openWebSocket, type Raw } from './raw.ts';

/** How the chat is started where a test gives it orders. */
export const steered: Options = { preload: './tests/support/steer-chat.ts' };

/** A token of the server's own key, for a login of its own that begins with it. */
export function signForChat(
  claims: Record<string, unknown> = {},
  key?: string,
  algorithm?: 'HS256' | 'HS512',
): string {
  const sid = `test:${claims['sub'] ?? 'u1'}:${crypto.randomUUID()}`;
  return signToken({ sid, ...claims }, key, algorithm);
}

export interface Tokens {
  token: string;
  refresh: string;
  expiresIn: number;
}

/** Signs in as an app does. */
export async function logInForTokens(origin: string, username = 'ann'): Promise<Tokens> {
  return (await post(`${origin}/token`, { username, password: PASSWORD })).json();
}

/** A socket of the chat that is in, and knows how to ask. */
export class Person {
  readonly raw: Raw;
  private asked = 0;

  constructor(raw: Raw) {
    this.raw = raw;
  }

  /** Sends the event and gives what the acknowledgement holds. Throws when none comes. */
  async ask<T = Answer>(event: string, payload?: unknown): Promise<T> {
    this.asked += 1;
    const n = 1_000 + this.asked;
    await this.raw.send(
      `42${n}${JSON.stringify(payload === undefined ? [event] : [event, payload])}`,
    );
    return JSON.parse((await this.wait(`43${n}`)).slice(6))[0];
  }

  /** The first packet that starts so, whatever came before it or comes with it. Throws without one. */
  async wait(start: string, ms = 2_000): Promise<string> {
    const end = Date.now() + ms;
    for (;;) {
      const found = this.raw.packets.findIndex((packet) => packet.startsWith(start));
      if (found >= 0) return this.raw.packets.splice(found, 1)[0] ?? '';
      if (Date.now() > end) throw new Error(`no ${start} but ${this.raw.packets.join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Takes nothing more from the connection, which stays open. */
  pause(): void {
    (this.raw as unknown as { socket: WebSocket }).socket.pause();
  }

  /** What the event brought. */
  async hear<T = Record<string, unknown>>(event: string, ms?: number): Promise<T> {
    return JSON.parse((await this.wait(`42["${event}"`, ms)).slice(2))[1];
  }

  /** Whether the event comes within `ms`. */
  hears(event: string, ms = 300): Promise<boolean> {
    return this.hear(event, ms).then(
      () => true,
      () => false,
    );
  }
}

/** What an acknowledgement may hold. */
export interface Answer {
  ok?: boolean;
  seq?: number;
  error?: { code: string; message: string };
  room?: { id: string; name: string; owner: string | null };
  rooms?: { id: string; name: string }[];
  members?: { id: string; name: string; online: boolean }[];
  messages?: { seq: number; id: string; text: string; from: { id: string; name: string } }[];
  more?: boolean;
}

/** Connects with the cookie of a new login, and waits until the rooms are joined. */
export async function come(origin: string, name = 'ann'): Promise<Person> {
  return enter(origin, { Cookie: await logInForCookie(origin, name) });
}

/** Connects with these headers, or this token, and waits until the rooms are joined. */
export async function enter(
  origin: string,
  headers: Record<string, string>,
  auth?: { token: string },
): Promise<Person> {
  const raw = await openWebSocket(origin, headers);
  const person = new Person(raw);
  const answer = raw.connect(auth);
  await answer.then(({ kind }) => {
    if (kind !== 'connected') throw new Error(`not in the chat but ${kind}`);
  });
  await person.wait('42["ready"');
  return person;
}

/** A member with a name of its own, so that tests can share a server. */
export async function newMember(example: Example): Promise<string> {
  return String(await example.steer({ do: 'user' }));
}
