// auth-field with one check before each event, and with none: what is compared in events.ts.
import { Example, type Variant } from '../tests/support/example.ts';

export interface Checked {
  label: string;
  example: Example;
}

const BUDGET = 'await budget.consume(socket.data.user.id);';
const WORK = 'if (socket.connected) answer(work(args[0]));';

/** The example without its budget and its schema, and with this line in front of the handler. */
const before = (line: string): Variant => [
  [BUDGET, line],
  [WORK, 'answer(work(args[0]));'],
];

const verify = (key: string) =>
  `jwt.verify(socket.handshake.auth.token as string, ${key}, { ...policy, algorithms: ['HS256'] });`;

const checks: [label: string, variant: Variant][] = [
  ['no check', before('')],
  ['the same again (A/A)', before('')],
  [
    'comparing exp',
    before("if (socket.data.claims.exp * 1000 <= Date.now()) throw new Refusal('TOKEN_EXPIRED');"),
  ],
  ['a map of logouts', before("if (revoked(socket.data)) throw new Refusal('TOKEN_INVALID');")],
  ['a schema (zod)', before('Say.parse(args[0]);')],
  [
    'a rate limit in memory',
    [...before(BUDGET), ['RateLimiterMemory({ points: 20,', 'RateLimiterMemory({ points: 1e9,']],
  ],
  ['the JWT once more, with a KeyObject', before(verify('key'))],
  ['the JWT once more, with the secret as a string', before(verify("process.env['JWT_SECRET']!"))],
];

/** The first one is what the others are compared with. */
export function startServers(): Checked[] {
  return checks.map(([label, variant]) => ({
    label,
    example: new Example('auth-field', { preload: './bench/measure.ts', variant }),
  }));
}

/** auth-field for many connections; with `compress` they use perMessageDeflate, for each message. */
export function startForMemory(compress: boolean): Example {
  const variant: Variant = [
    ...before(''),
    ...(compress
      ? ([
          [
            'connectTimeout: 10_000,',
            'connectTimeout: 10_000, perMessageDeflate: { threshold: 0 },',
          ],
        ] as const)
      : []),
  ];
  return new Example('auth-field', { preload: './bench/measure.ts', variant });
}
