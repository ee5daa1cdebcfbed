// What to change in an example's sources so that one defense is gone, for each attack by title. These
// edits fit every example that checks a JWT, and mostly the one with a session too; what is its own
// stands beside this file. An edit that no longer fits fails its test.
import type { Variant } from '../../support/example.ts';

const guest = "{ sub: 'u1', jti: 'guest', iat: 0, exp: 9_999_999_999 }";
const anybody = "{ id: sub, name: sub, role: 'member', disabled: false }";

const signature: Variant = [
  ["jwt.verify(token, key, { ...policy, algorithms: ['HS256'] })", 'jwt.decode(token)'],
];
const audience: Variant = [
  ["{ ...policy, algorithms: ['HS256'] }", "{ issuer: policy.issuer, algorithms: ['HS256'] }"],
];
// #region closing
const closing: Variant = [
  [
    'if (!door || door.shut || door.pending.has(nsp.name) || door.pending.size === 5) {',
    'if (!door) {',
  ],
  ['if (door.shut) setImmediate(() => shut(socket, code));', ''],
  ['++connects > 50', '++connects > 5_000'],
];
// #endregion
const onlyMain: Variant = [
  ['for (const socket of live) if (', "for (const socket of live) if (socket.nsp.name === '/' && "],
];
const gone: Variant = [["users.on('gone',", "users.on('error' as 'gone',"]];
const slowRemoval: Variant = [['?? -1) >= login.checkedAt', '?? -1) >= 9e15']];
const origin: Variant = [['if (fromOwnPage(req)) return', 'if (fromOwnPage(req) || true) return']];
const textBody: Variant = [
  [
    "express.json({ limit: '2kb' })",
    "express.json({ limit: '2kb', type: () => true })",
    'attempts.ts',
  ],
];
export const csrf: Variant = [
  ["if (!fromOwnPage(req)) throw new Refusal('FORBIDDEN');", ''],
  ["req.is('json') ? next() : res.sendStatus(415);", 'next();'],
];

export const shared: Record<string, Variant> = {
  'a client without a token is refused': [
    ["throw new Refusal('TOKEN_MISSING');", `return ${guest};`],
  ],
  'seven forms of garbage are refused': [
    [
      "throw new Refusal(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');",
      `return ${guest};`,
    ],
  ],
  'an object, an array or a number as token is refused': [
    [
      "if (typeof token !== 'string') throw new Refusal('TOKEN_INVALID');",
      "if (typeof token !== 'string') return token as Claims;",
    ],
  ],
  'alg none is refused, in five spellings': signature,
  'a token signed with another key is refused': signature,
  'a token whose claims were changed after signing is refused': signature,
  'a token signed with an algorithm that is not the pinned one is refused': [
    ["algorithms: ['HS256'] }", "algorithms: ['HS256', 'HS512'] }"],
  ],
  'an expired token is refused': [
    ["algorithms: ['HS256'] }", "algorithms: ['HS256'], ignoreExpiration: true }"],
    ['if (exp * 1000 <= Date.now())', 'if (exp < 0)'],
  ],
  'a token without exp is refused': [['exp: z.int() }', 'exp: z.int().default(9_999_999_999) }']],
  'a token for another audience is refused': audience,
  'a token of another issuer is refused': [
    [
      "{ ...policy, algorithms: ['HS256'] }",
      "{ audience: policy.audience, algorithms: ['HS256'] }",
    ],
  ],
  'a password-reset token, signed with the same key, is refused': audience,
  'a token without a subject is refused': [['sub: id, jti', "sub: id.default('u1'), jti"]],
  'a token without an id of its own is refused': [['jti: id, iat', "jti: id.default('none'), iat"]],
  'a deleted user is refused, and the server stays up': [
    ['users.findById(sub))', `users.findById(sub).then((row) => row ?? (${anybody} as const)))`],
  ],
  'a disabled user is refused': [['if (!user || user.disabled) throw', 'if (!user) throw']],
  'with the user store down nobody gets in, and no token is called invalid': [
    ["throw new Refusal('AUTH_UNAVAILABLE', sub);", `return ${anybody} as const;`],
  ],
  'an unknown namespace asks for a token, and closes the connection without one': [
    [
      'io.of((_name, _auth, allow) => allow(null, true))',
      'io.of((_name, _auth, allow) => allow(null, false))',
    ],
  ],
  'after a refusal the connection closes, and a second CONNECT is not answered': closing,
  'tokens guessed one after the other on one WebSocket get one answer': closing,
  '900 CONNECTs in one burst of frames get at most 5 answers': closing,
  '900 CONNECTs in one polling POST get at most 5 answers': closing,
  '900 CONNECTs to namespaces that do not exist get at most 5 answers': closing,
  'a client that is in cannot guess the tokens of others in a burst': closing,
  "a socket ends within 500 ms of its token's exp": [
    ['if (claims.exp * 1000 <= Date.now()) end', 'if (claims.exp < 0) end'],
  ],
  'an expired token ends a socket that joined only a second namespace': [
    ['if (claims.exp * 1000 <= Date.now()) end', 'if (claims.exp < 0) end'],
  ],
  'a logout ends the sockets of that login within 500 ms, and no others': [
    ["endWhere(({ data }) => data.claims.jti === jti, 'TOKEN_INVALID');", ''],
  ],
  'a logout ends a socket that joined only a second namespace': onlyMain,
  'a token that was logged out is refused': [['loggedOut.set(jti, exp);', '']],
  'a logout during a slow lookup wins': [
    ['if (loggedOut.has(login.claims.jti)) return', 'if (!login) return'],
  ],
  "deleting a user ends the user's sockets within 500 ms": gone,
  'deleting a user ends a socket that joined only a second namespace': onlyMain,
  "disabling a user ends the user's sockets within 500 ms": gone,
  'disabling a user ends a socket that joined only a second namespace': onlyMain,
  'a user deleted during a slow lookup is refused': slowRemoval,
  'a page of a foreign or null origin cannot open a WebSocket': [...origin],
  'a page of a foreign or null origin cannot open a connection by polling': [...origin],
  'malformed payloads and missing acknowledgements do not end the process': [
    [
      "answer({ error: new Refusal(limited ? 'RATE_LIMITED' : 'BAD_PAYLOAD').data });",
      'throw error;',
    ],
  ],
  '900 kB before a token are not read': [
    ['maxHttpBufferSize: 20_000', 'maxHttpBufferSize: 1_000_000'],
  ],
  'a connection that sends no CONNECT is closed after 10 seconds': [
    ['connectTimeout: 10_000', 'connectTimeout: 45_000'],
  ],
  'a client that leaves its only namespace keeps no connection': [
    ['if (inside?.size === 0) socket.conn.close();', ''],
  ],
  'a namespace is joined once, however often CONNECT is sent': [
    ['door.pending.has(nsp.name) || ', ''],
  ],
  '3,000 CONNECTs in one POST do not make 3,000 sockets': [
    ['++connects > 50', '++connects > 5_000'],
  ],
  'a store that never answers is given up after 3 seconds': [['within(3_000, ', 'within(60_000, ']],
  'an upgrade request that is cut short does not end the process': [
    [
      "http.on('upgrade', (_req, socket) => socket.on('error', () => socket.destroy()));",
      '',
      'listen.ts',
    ],
  ],
  'a login cannot be kept busy by guesses for many names': [
    [
      "points: 30, duration: 60 }), by: 'from'",
      "points: 300, duration: 60 }), by: 'from'",
      'attempts.ts',
    ],
  ],
  'guesses with a made-up X-Forwarded-For are counted like the rest': [
    ["set('trust proxy', env.list('TRUST_PROXY'))", "set('trust proxy', true)"],
    [
      "points: 30, duration: 60 }), by: 'from'",
      "points: 3, duration: 60 }), by: 'from'",
      'attempts.ts',
    ],
  ],
  'six wrong passwords for one name are not all checked': [
    [
      "points: 5, duration: 60 }), by: 'both'",
      "points: 500, duration: 60 }), by: 'both'",
      'attempts.ts',
    ],
  ],
  'an unknown name costs a login as much work as a wrong password': [
    [
      'const { salt, hash } = row ?? nobody;',
      'if (!row) return;\n const { salt, hash } = row;',
      'users.ts',
    ],
  ],
  'a body of text/plain is not read as JSON': textBody,
};

/** The carriers that are cookies: what a foreign page sends along. */
export const cookies: Record<string, Variant> = {
  'a page on another port cannot read the feed with a Lax cookie': origin,
  'a page on another port cannot read the feed with a Strict cookie': origin,
  'a page on another port cannot read the feed by polling': [
    ...origin,
    [
      'connectTimeout: 10_000,',
      'connectTimeout: 10_000, cors: { origin: true, credentials: true },',
    ],
  ],
  'who learns the sid of a connection cannot speak for it': [
    ['const fits = ', 'const fits = req !== undefined || '],
  ],
  'a page on another port that knows the sid cannot speak for the connection': [
    ['(fromOwnPage(req) && sid.endsWith', '(sid.endsWith'],
  ],
  'a cross-site POST cannot sign a user out': csrf,
  'a cross-site form cannot sign a user in as somebody else': csrf,
  'a body of text/plain is not read as JSON': [...csrf, ...textBody],
};
