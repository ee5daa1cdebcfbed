// An attack is a function of a target, so that one attack serves every server that must withstand it.
import type { Order } from '../support/orders.ts';
import { type Answer, openPolling, openWebSocket, type Raw } from '../support/raw.ts';

/** A running server, and what a test may know and do that an attacker may not. */
export interface Target {
  /** `http://localhost:PORT` */
  readonly origin: string;
  readonly alive: boolean;
  /** A token with the server's own key, or another one; a claim of `null` is left out. */
  sign(claims?: Record<string, unknown>, key?: string, algorithm?: 'HS256' | 'HS512'): string;
  steer(order: Order): Promise<unknown>;
  /** Resolves at the server's next lookup of this user. */
  lookup(id: string): Promise<void>;
}

/** `saw` is what the server answered: a code, a count, a state. */
export interface Verdict {
  in: boolean;
  saw: string;
}

export interface Attack {
  title: string;
  /** What `saw` must be where the attack fails. */
  held: string | RegExp;
  run(target: Target): Promise<Verdict>;
}

export const attacks: Attack[] = [];

/** Registers an attack. Titles are sentences that are true of a safe server, and unique. */
export function attack(title: string, rest: Omit<Attack, 'title'>): void {
  if (attacks.some((each) => each.title === title)) throw new Error(`two attacks: ${title}`);
  attacks.push({ title, ...rest });
}

/** Opens a connection over WebSocket and asks for a namespace with this token (none: no `auth`). */
export async function enter(
  target: Target,
  token?: unknown,
  namespace = '/',
): Promise<{ raw: Raw; answer: Answer }> {
  const raw = await openWebSocket(target.origin);
  const answer = await raw.connect(token === undefined ? undefined : { token }, namespace);
  return { raw, answer };
}

/** As `enter`, for a client that has to be let in, or the test makes no sense. */
export async function signIn(target: Target, token: string, namespace = '/'): Promise<Raw> {
  const { raw, answer } = await enter(target, token, namespace);
  if (answer.kind !== 'connected')
    throw new Error(`an honest client met ${JSON.stringify(answer)}`);
  return raw;
}

/** The verdict on one credential: in when connected, else the code of the refusal. */
export async function tryToken(target: Target, token?: unknown, namespace = '/'): Promise<Verdict> {
  const { raw, answer } = await enter(target, token, namespace);
  raw.close();
  if (answer.kind === 'connected') return { in: true, saw: 'connected' };
  return { in: false, saw: answer.kind === 'refused' ? answer.code : answer.kind };
}

/** The verdict on several credentials: in as soon as one is let in; `saw` lists what differs. */
export async function tryTokens(target: Target, tokens: readonly unknown[]): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const token of tokens) verdicts.push(await tryToken(target, token));
  return {
    in: verdicts.some((each) => each.in),
    saw: [...new Set(verdicts.map((each) => each.saw))].join(', '),
  };
}

export { openPolling, openWebSocket };
