// The servers that are compared, and how a client of each presents its credential.
import { Example, type Variant } from '../tests/support/example.ts';
import { logInForCookie, post } from '../tests/support/http.ts';

export interface Offer {
  headers?: Record<string, string>;
  query?: Record<string, string>;
  auth?: unknown;
}

export interface Measured {
  label: string;
  example: Example;
  /** What goes with one handshake. What this costs the server is counted. */
  offer(): Promise<Offer>;
}

const preload = './bench/measure.ts';

const withoutAuthentication: Variant = [
  [
    "namespace.use(authenticate).on('connection', attend);",
    `namespace.on('connection', (socket) => {
      socket.data.user = { id: 'u1', name: 'ann', role: 'member' };
      handle(socket, 'whoami', () => socket.data.user);
      handle(socket, 'say', (payload) => void socket.nsp.emit('said', Say.parse(payload)));
    });`,
  ],
];

function server(
  label: string,
  name: string,
  offer: (example: Example) => Promise<Offer>,
  variant: Variant = [],
): Measured {
  const example = new Example(name, { preload, variant });
  return { label, example, offer: () => offer(example) };
}

const bare = (label: string) =>
  server(label, 'auth-field', async () => ({}), withoutAuthentication);

// One login for all handshakes: a login is not what is measured, and hashing would drown the rest.
let cookie: Promise<string> | undefined;

export const BARRED = 'auth-field';

/** Starts nothing to wait for: `ready()` of each example does. */
export function startServers(): Measured[] {
  return [
    bare('without authentication'), // the first one is what the others are compared with
    bare('the same again (A/A)'),
    server(BARRED, 'auth-field', async (example) => ({ auth: { token: example.sign() } })),
    server('jwt-cookie', 'jwt-cookie', async (example) => ({
      headers: { Cookie: `token=${example.sign()}` },
    })),
    server('query-token', 'query-token', async (example) => ({ query: { token: example.sign() } })),
    server(
      'query-ticket, with the purchase',
      'query-ticket',
      async (example) => {
        const headers = { Authorization: `Bearer ${example.sign()}` };
        const { ticket }: { ticket: string } = await (
          await post(`${example.origin}/ticket`, {}, headers)
        ).json();
        return { query: { ticket } };
      },
      [['RateLimiterMemory({ points: 20,', 'RateLimiterMemory({ points: 1e9,']],
    ),
    server('session-passport, in memory', 'session-passport', async (example) => {
      cookie ??= logInForCookie(example.origin);
      return { headers: { Cookie: await cookie } };
    }),
  ];
}
