// Two secrets at a time, so that a new one can come in and nobody is signed out: for tokens that you
// sign yourself, and for session cookies. `npm run example jwks secrets` shows it, and ends.
import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';
import express from 'express';
import session from 'express-session';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

const draw = () => createSecretKey(randomBytes(32)); // in an app: from the environment, each of 32 bytes

// #region hmac
type Secrets = ReadonlyMap<string, KeyObject>; // by kid; the first one signs
const policy = { issuer: 'handshake', audience: 'handshake-sockets' };
const Claims = z.object({ sub: z.string().min(1), jti: z.string().min(1), exp: z.int() });

function sign(userId: string, secrets: Secrets): string {
  const [newest] = secrets;
  if (!newest) throw new Error('There is no secret to sign with.');
  const [keyid, key] = newest;
  const claims = { subject: userId, jwtid: randomUUID(), expiresIn: 15 * 60 };
  return jwt.sign({}, key, { ...policy, ...claims, keyid, algorithm: 'HS256' });
}

/** The header is the sender's word: `kid` chooses among our own secrets, and nothing else. */
function read(token: string, secrets: Secrets): z.infer<typeof Claims> {
  const kid = jwt.decode(token, { complete: true })?.header.kid;
  const key = secrets.get(kid ?? '');
  if (!key) throw new Error('unknown key');
  return Claims.parse(jwt.verify(token, key, { ...policy, algorithms: ['HS256'] }));
}
// #endregion

const old = draw();
const fresh = draw();
const before = sign('u1', new Map([['2026-08', old]]));
const both = new Map(Object.entries({ '2026-11': fresh, '2026-08': old }));
const after = sign('u1', both);
console.log(
  `with both: the old token is ${read(before, both).sub}, the new one ${read(after, both).sub}`,
);
try {
  read(before, new Map([['2026-11', fresh]]));
  console.error('the old secret is out, and its token was accepted');
  process.exit(1);
} catch (error) {
  console.log(
    `the old secret is out: its token is refused, ${error instanceof Error && error.message}`,
  );
}

// #region session
/** The first secret signs, all of them verify; `rolling` signs a cookie anew at each request. */
function sessions(secret: KeyObject[], store: session.Store, rolling: boolean) {
  const cookie = { maxAge: 30 * 60 * 1000, httpOnly: true, sameSite: 'lax' } as const;
  return session({ secret, store, rolling, cookie, resave: false, saveUninitialized: false });
}
// #endregion

declare module 'express-session' {
  interface SessionData {
    user?: string;
  }
}

/** One request to an app with these secrets: the user that it knows, and the cookie that it sets. */
async function ask(secret: KeyObject[], path: string, sent = '', rolling = false) {
  const app = express().use(sessions(secret, store, rolling));
  app.post('/login', (req, res) => {
    req.session.user = 'ann';
    res.sendStatus(204);
  });
  app.get('/me', (req, res) => void res.send(req.session.user ?? 'nobody'));
  const http = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}${path}`;
  const method = path === '/login' ? 'POST' : 'GET';
  const response = await fetch(url, { method, headers: { Cookie: sent, Connection: 'close' } });
  const [set] = response.headers.getSetCookie();
  const who = await response.text();
  http.close();
  return { who, cookie: set?.split(';')[0] };
}

const store = new session.MemoryStore();
const { cookie: first } = await ask([old], '/login');
const kept = await ask([fresh, old], '/me', first);
console.log(
  `both secrets: the cookie of before is ${kept.who}, and ${kept.cookie ? '' : 'not '}set anew`,
);
const renewed = await ask([fresh, old], '/me', first, true);
console.log(`both, and rolling: it is ${renewed.who}, and ${renewed.cookie ? '' : 'not '}set anew`);
console.log(
  `the old secret is out: the cookie of before is ${(await ask([fresh], '/me', first)).who}`,
);
console.log(`and the one that was set anew is ${(await ask([fresh], '/me', renewed.cookie)).who}`);
