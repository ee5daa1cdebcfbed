// A running server as an attack sees it, with how its carrier presents a credential.
import type { Order } from '../support/orders.ts';
import { type Answer, openPolling, openWebSocket, type Raw } from '../support/raw.ts';
import type { ExampleName, Verdict } from './attack.ts';
import { carriers, type Login, type Offer } from './carriers.ts';

/** A running server, and what a test may know and do that an attacker may not. */
export interface Target {
  readonly name: ExampleName;
  /** `http://localhost:PORT` */
  readonly origin: string;
  readonly alive: boolean;
  /** A token with the server's own key, or another one; a claim of `null` is left out. */
  sign(claims?: Record<string, unknown>, key?: string, algorithm?: 'HS256' | 'HS512'): string;
  steer(order: Order): Promise<unknown>;
  /** Resolves at the server's next lookup of this user. */
  lookup(id: string): Promise<void>;
}

/** A login of a new member, or of this user, by the quickest way: a signed token where one will do. */
export async function logIn(target: Target, user?: string, claims = {}): Promise<Login> {
  const id = user ?? String(await target.steer({ do: 'user' }));
  return carriers[target.name].logIn(target, id, claims);
}

/** Opens a connection and asks for a namespace, as the carrier presents it (nothing: no credential). */
export async function enter(
  target: Target,
  presented: Offer = {},
  namespace = '/',
  open = openWebSocket,
): Promise<{ raw: Raw; answer: Answer }> {
  if (presented.refused) throw new Error(`nothing to present: ${presented.refused}`);
  const raw = await open(target.origin, presented.headers, presented.query);
  return { raw, answer: await raw.connect(presented.auth, namespace) };
}

/** As `enter`, for a client that has to be let in, or the test makes no sense. */
export async function signIn(target: Target, login: Login, namespace = '/'): Promise<Raw> {
  const { raw, answer } = await enter(target, await login.present(), namespace);
  if (answer.kind !== 'connected')
    throw new Error(`an honest client met ${JSON.stringify(answer)}`);
  return raw;
}

/** In when connected, else the code of the refusal. */
export function judge(answer: Answer): Verdict {
  if (answer.kind === 'connected') return { in: true, saw: 'connected' };
  return { in: false, saw: answer.kind === 'refused' ? answer.code : answer.kind };
}

/** In as soon as one is let in; `saw` lists what differs. */
export function judgeAll(verdicts: readonly Verdict[]): Verdict {
  return {
    in: verdicts.some((each) => each.in),
    saw: [...new Set(verdicts.map((each) => each.saw))].join(', '),
  };
}

/** The verdict on what is presented, by WebSocket and by polling. */
export async function tryEnter(
  target: Target,
  present: Offer | (() => Promise<Offer>) = {},
  namespace = '/',
): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const open of [openWebSocket, openPolling]) {
    const presented = typeof present === 'function' ? await present() : present;
    if (presented.refused) return { in: false, saw: presented.refused };
    const { raw, answer } = await enter(target, presented, namespace, open);
    raw.close();
    verdicts.push(judge(answer));
  }
  return judgeAll(verdicts);
}

/** The verdict on one token: where the carrier takes tokens, that is. */
export async function tryToken(target: Target, token: unknown, namespace = '/'): Promise<Verdict> {
  const { presentToken } = carriers[target.name];
  if (!presentToken) throw new Error(`${target.name} takes no token`);
  return tryEnter(target, () => presentToken(target, token), namespace);
}

export async function tryTokens(target: Target, tokens: readonly unknown[]): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const token of tokens) verdicts.push(await tryToken(target, token));
  return judgeAll(verdicts);
}

/** Whether the socket was told and cut within 500 ms. `saw` is the code it was told. */
export async function ended(raw: Raw, namespace = '/'): Promise<Verdict> {
  const prefix = namespace === '/' ? '' : `${namespace},`;
  const told = await raw.next(`42${prefix}["ended"`, 500);
  const cut = await raw.isClosed(500);
  raw.close();
  const code = told ? JSON.parse(told.slice(2 + prefix.length))[1].code : 'nothing told';
  return { in: !cut, saw: cut ? code : `${code}, still open` };
}

export type { Login };
export { openPolling, openWebSocket };
