import type { Variant } from '../../support/example.ts';
import { early, noAdminNamespace } from './namespaces.ts';
import { cookies } from './shared.ts';

const anybody = "{ id, name: id, role: 'member', disabled: false }";
const logOut = 'endSession(req.sessionID); // before';
const noLogoutCut: Variant = [["endWhere(({ data }) => data.sid === sid, 'SESSION_EXPIRED');", '']];
const anyPage: Variant = [['!fromOwnPage(req) || !sidIn', '!sidIn']];
const hijacked = (title: string): Variant => [...(cookies[title] ?? []), ...anyPage];
const hijacks = [
  'a page on another port cannot read the feed with a Lax cookie',
  'a page on another port cannot read the feed with a Strict cookie',
];
const firstOfTwo: Variant = [['found.length > 1 ? undefined : ', '', 'session.ts']];
const atEnd = 'if (late >= 0 ? age >= late : age >= RECHECK_SECONDS * 1000) void';
const noEnd = "else if (late >= 250) end(socket, 'SESSION_EXPIRED');";
const idAsSid: Variant = [
  ['generateId = ({ headers }) => ', 'generateId = ({ headers }) => sidIn(headers.cookie) ?? '],
  ['const fits = ', 'const fits = req !== undefined || '],
];

export const sessionPassport: Record<string, Variant> = {
  ...noAdminNamespace,
  ...early(`{ sid: '', status: '', until: 9e15, checkedAt: 9e15,
    user: { id: 'u2', name: 'bob', role: 'member' } }`),
  ...Object.fromEntries(hijacks.map((title) => [title, hijacked(title)])),
  'a client without a token is refused': [
    [
      "if (!user) throw new Refusal(session?.passport ? 'USER_UNKNOWN' : 'SESSION_MISSING');",
      `if (!user) {
        const nobody = { id: 'u1', name: 'ann', role: 'member' } as const;
        socket.data = { sid: '', status: '', user: nobody, until: 9e15, checkedAt: 9e15 };
        return next();
      }`,
    ],
  ],
  'a deleted user is refused, and the server stays up': [
    ['findById(id).then((user) => {', `findById(id).then((user = ${anybody}) => {`, 'session.ts'],
    ['users.findById(id), load', `users.findById(id).then((row) => row ?? ${anybody}), load`],
  ],
  'a disabled user is refused': [
    ['if (!user || user.disabled) return', 'if (!user) return', 'session.ts'],
    ['if (!user || user.disabled) throw', 'if (!user) throw'],
  ],
  'with the user store down nobody gets in, and no token is called invalid': [
    ['  }, done);', `  }, () => done(null, ${anybody}));`, 'session.ts'],
    ['users.findById(id), load', `users.findById(id).catch(() => (${anybody})), load`],
  ],
  'a store that never answers is given up after 3 seconds': [
    ['within(3_000, done)', 'within(60_000, done)', 'session.ts'],
  ],
  'a logout ends the sockets of that login within 500 ms, and no others': noLogoutCut,
  'a token that was logged out is refused': [
    [logOut, '// before'],
    ['req.logout((failed) => {', 'void ((failed: unknown) => {'],
    ['res.clearCookie(name, cookie);', 'res.sendStatus(204);'],
  ],
  'a logout during a slow lookup wins': [["if (isClosed(sid)) return 'SESSION_EXPIRED';", '']],
  'a user deleted during a slow lookup is refused': [['?? -1) >= checkedAt', '?? -1) >= 9e15']],
  'a cookie planted for a longer path does not change who the socket is': firstOfTwo,
  'two cookies of one name are refused': firstOfTwo,
  'malformed, huge and __proto__ cookies are refused, and the process lives': [
    [
      "parseCookie(found[0] ?? '')[name]",
      "decodeURIComponent(found[0]?.split('=')[1] ?? '')",
      'session.ts',
    ],
  ],
  'malformed payloads and missing acknowledgements do not end the process': [
    [
      "answer({ error: new Refusal(limited ? 'RATE_LIMITED' : 'BAD_PAYLOAD').data });",
      'throw error;',
      'room.ts',
    ],
  ],
  'what stands in an access log opens no connection': idAsSid,
  'what stands in the performance entries of a page opens no connection': idAsSid,
  'a forged session cookie is refused': [
    [
      "secret: secret('SESSION_SECRET')",
      "secret: [secret('SESSION_SECRET'), 'keyboard cat']",
      'session.ts',
    ],
  ],
  'a session id that was planted before the login is worth nothing after it': [
    [
      `endSession(req.sessionID); // login`,
      'req.session.passport = { user: user.id };\n    return res.sendStatus(204); // login',
    ],
  ],
  '200 anonymous handshakes store no session': [
    ['saveUninitialized: false', 'saveUninitialized: true', 'session.ts'],
    [' || !sidIn(headers.cookie)', ''],
  ],
  'a session that was logged out is not brought back by a save': [
    ["if (isClosed(req.sessionID)) throw new Refusal('SESSION_EXPIRED');", '', 'session.ts'],
  ],
  'a save from a socket does not undo what another request has changed': [
    ["await run('reload');", '', 'session.ts'],
  ],
  'with the session store down nobody gets in, and no session is called missing': [
    ['req.failed = Boolean(error);', 'if (error === 0) return;'],
  ],
  "a socket ends within 500 ms of its session's end": [
    [atEnd, 'if (age >= RECHECK_SECONDS * 1000) void'],
    [noEnd, ''],
  ],
  "a look at a slow store does not keep a socket past its session's end": [[noEnd, '']],
  'a session whose row is gone ends its sockets at the next look': [[atEnd, 'if (late >= 0) void']],
};
