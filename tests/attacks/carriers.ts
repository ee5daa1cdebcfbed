// How each example takes a credential. The attacks speak of logins; this knows where they travel.
import { askForTicket, bearer, logInForCookie, post } from '../support/http.ts';
import type { Presented } from '../support/raw.ts';
import type { ExampleName } from './attack.ts';
import type { Target } from './target.ts';

/** What is presented, or the code with which the server says no before that. */
export type Offer = Presented & { refused?: string };

/** A login, and what a client of the example does with it. */
export interface Login {
  user: string;
  /** What goes with a handshake. A ticket is bought anew each time, and may be `refused`. */
  present(): Promise<Offer>;
  /** POST /logout; gives the status. */
  logOut(): Promise<number>;
  /** What stands for this login at the server's HTTP routes. */
  headers: Record<string, string>;
}

interface Carrier {
  logIn(target: Target, user: string, claims: Record<string, unknown>): Promise<Login>;
  /** How a token that may be anything is presented. */
  presentToken?(target: Target, token: unknown): Promise<Offer>;
}

const names: Record<string, string> = { u1: 'ann', u2: 'bob', u3: 'root', u4: 'dave' };

async function logOut({ origin }: Target, headers: Record<string, string>): Promise<number> {
  return (await post(`${origin}/logout`, {}, headers)).status;
}

/** A carrier whose token travels as it is, over HTTP in these headers. */
function token(
  present: (token: unknown) => Presented,
  headersOf: (token: string) => Record<string, string> = bearer,
): Carrier {
  return {
    presentToken: async (_target, value) => present(value),
    logIn: async (target, user, claims) => {
      const value = target.sign({ sub: user, ...claims });
      const headers = headersOf(value);
      return {
        user,
        headers,
        present: async () => present(value),
        logOut: () => logOut(target, headers),
      };
    },
  };
}

/** A ticket bought with the token, or why none was sold. */
async function offerTicket({ origin }: Target, value: unknown): Promise<Offer> {
  const response = await askForTicket(origin, value);
  const answer: { ticket: string; code: string } = await response.json();
  return response.ok ? { query: { ticket: answer.ticket } } : { refused: answer.code };
}

const tickets: Carrier = {
  presentToken: async (target, value) => (value === undefined ? {} : offerTicket(target, value)),
  logIn: async (target, user, claims) => {
    const value = target.sign({ sub: user, ...claims });
    const headers = bearer(value);
    return {
      user,
      headers,
      logOut: () => logOut(target, headers),
      present: () => offerTicket(target, value),
    };
  },
};

const sessions: Carrier = {
  logIn: async (target, user) => {
    const headers = { Cookie: await logInForCookie(target.origin, names[user] ?? user) };
    return {
      user,
      headers,
      present: async () => ({ headers }),
      logOut: () => logOut(target, headers),
    };
  },
};

const cookieOf = (value: unknown) => ({ Cookie: `token=${value}` });

export const carriers: Record<ExampleName, Carrier> = {
  'auth-field': token((value) => (value === undefined ? {} : { auth: { token: value } })),
  'jwt-cookie': token(
    (value) => (value === undefined ? {} : { headers: cookieOf(value) }),
    (value) => cookieOf(value),
  ),
  'query-token': token((value) => (value === undefined ? {} : { query: { token: String(value) } })),
  'query-ticket': tickets,
  'session-passport': sessions,
};
