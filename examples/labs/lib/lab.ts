// What a lab's exploit.ts is made of. It runs in Node, in the terminal and in the reader's tab, so it imports nothing.
import type { OpenOptions, Raw } from './raw.ts';

export interface Answer {
  status: number;
  /** Names in lower case; of several fields of one name the values are joined by a comma, `set-cookie` by a line break. */
  headers: Record<string, string>;
  body: string;
}

/** A server that has just started, as an attacker sees it: a client of the attacker's own sets any header. */
export interface Target {
  /** `http://localhost:PORT` */
  readonly origin: string;
  request(
    path: string,
    options?: { method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<Answer>;
  /** A connection by hand, its OPEN packet read. Throws `Refused`, with the status. */
  open(options?: OpenOptions): Promise<Raw>;
  /** Whether the process still runs. */
  alive(): boolean;
  /** The lines that the server has printed: what somebody reads who reads its log. */
  printed(): readonly string[];
}

/** What came of an exploit. `saw`: what it read, or what it was told. */
export interface Verdict {
  in: boolean;
  saw: string;
}

export interface Exploit {
  /** A sentence of what the attacker tries. */
  title: string;
  run(target: Target): Promise<Verdict>;
}

/** What an honest client does. It rejects, in words, when the server does not let it; what it gives is nothing. */
export interface Honest {
  title: string;
  run(target: Target): Promise<undefined>;
}

/** What exploit.ts exports. */
export interface Lab {
  /** Settings of the server, such as a lifetime that one can wait for. */
  settings?: Record<string, string>;
  exploits: readonly Exploit[];
  honest: readonly Honest[];
}

export const gotIn = (saw: string): Verdict => ({ in: true, saw });
export const held = (saw: string): Verdict => ({ in: false, saw });

const PASSWORD = 'correct horse battery staple';

/** POST with JSON, as a page does it. */
export function post(
  target: Target,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return target.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Signs in with the demo password and gives the token. Throws when the server does not. */
export async function logIn(target: Target, username: string): Promise<string> {
  const { status, body } = await post(target, '/login', { username, password: PASSWORD });
  if (status !== 200) throw new Error(`the login of ${username} was answered ${status}`);
  return String(JSON.parse(body).token);
}

/** Connects with a token in `auth`, to a namespace. Throws in words when an honest client is not let in. */
export async function enter(target: Target, token: string, namespace = '/'): Promise<Raw> {
  const raw = await target.open();
  const answer = await raw.connect({ token }, namespace);
  if (answer.kind === 'connected') return raw;
  raw.close();
  const code = answer.kind === 'refused' ? answer.code : answer.kind;
  throw new Error(`an honest client was not let into ${namespace}: ${code}`);
}

/** Throws, in words, unless what was said of the server holds. */
export function insist(holds: unknown, words: string): asserts holds {
  if (!holds) throw new Error(words);
}
