// Stands in for Auth0, Keycloak or Cognito: it knows the passwords and holds the private keys. In a
// product this is somebody else's server, so there is nothing in it to copy. Its keys are served from a
// port of their own on loopback; its login stands on the port of the example, to spare you a redirect.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import * as jose from 'jose';
import { env } from '../lib/env.ts';
import { login } from '../lib/login.ts';
import { Refusal } from '../lib/refusal.ts';
import { users } from '../lib/users.ts';

const ISSUER = 'https://login.handshake.example/'; // a name to compare; nobody opens it
const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);

// Its clients, that is, the apps that may send users here, and what their tokens are for.
const clients: Record<string, string> = {
  'chat-page': 'handshake-sockets',
  'chat-bot': 'handshake-sockets',
  'photo-page': 'photo-albums',
};

// #region keys
type Pair = { kid: string; privateKey: jose.CryptoKey; jwk: jose.JWK; until: number };

/** The first key may come from the environment. The rest are random, and end with the process. */
async function makePair(pem?: string): Promise<Pair> {
  const { privateKey } = pem
    ? { privateKey: await jose.importPKCS8(pem, 'RS256', { extractable: true }) }
    : await jose.generateKeyPair('RS256', { extractable: true });
  const { kty, n, e } = await jose.exportJWK(privateKey); // the public half of it
  const kid = await jose.calculateJwkThumbprint({ kty, n, e } as jose.JWK);
  const jwk = { kty, n, e, kid, alg: 'RS256', use: 'sig' } as jose.JWK;
  return { kid, privateKey, jwk, until: Number.POSITIVE_INFINITY };
}

/** Signs with a new key from now on. The others stay published until their last token has expired. */
async function rotate(): Promise<void> {
  const until = Date.now() + TOKEN_TTL * 1000;
  for (const pair of pairs) pair.until = Math.min(pair.until, until);
  pairs = [await makePair(), ...pairs];
}

/** For a key that has leaked: it leaves the list at once, and with it all tokens that it signed. */
async function withdraw(): Promise<void> {
  pairs = [await makePair()];
}

const published = () => ({ keys: pairs.filter((p) => p.until > Date.now()).map((p) => p.jwk) });
// #endregion

// #region sign
async function sign(claims: jose.JWTPayload, audience: string, typ: string): Promise<string> {
  const [{ kid, privateKey }] = pairs as [Pair];
  return new jose.SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid, typ })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_TTL} seconds`)
    .sign(privateKey);
}
// #endregion

const isUp: RequestHandler = (_req, _res, next) => {
  if (down) throw new Refusal('AUTH_UNAVAILABLE');
  next();
};

/** The buttons of the page, for admins. An issuer has a console of its own for that. */
const isAdmin: RequestHandler = async (req, _res, next) => {
  const token = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const policy = { issuer: ISSUER, audience: 'handshake-sockets', typ: 'at+jwt' };
  const { payload } = await jose
    .jwtVerify(token, jose.createLocalJWKSet(published()), { ...policy, algorithms: ['RS256'] })
    .catch(() => {
      throw new Refusal('TOKEN_INVALID');
    });
  const user = await users.findById(String(payload.sub));
  if (user?.role !== 'admin') throw new Refusal('FORBIDDEN');
  next();
};

const works: Record<string, () => void | Promise<void>> = {
  rotate,
  withdraw,
  down: () => {
    down = true;
  },
  up: () => {
    down = false;
  },
};

const routes = Router()
  .post('/login', isUp, login, async (req: Request, res: Response) => {
    const client = req.body.client ?? 'chat-page';
    const audience = Object.hasOwn(clients, client) ? clients[client] : undefined;
    if (!audience) throw new Refusal('BAD_PAYLOAD');
    const { id, name } = res.locals.user;
    const token = await sign({ sub: id, client_id: client }, audience, 'at+jwt');
    res.json({ token, idToken: await sign({ sub: id, name }, client, 'JWT') });
  })
  .post('/issuer/:work', isAdmin, async (req: Request, res: Response) => {
    const { work } = req.params;
    if (typeof work !== 'string' || !Object.hasOwn(works, work)) return void res.sendStatus(404);
    await works[work]?.();
    res.sendStatus(204);
  });

let down = false;
let pairs = [await firstPair()];

async function firstPair(): Promise<Pair> {
  const pem = env.text('ISSUER_KEY');
  if (!pem)
    console.error('ISSUER_KEY is not set: a random one serves this run, and logins end with it.');
  return makePair(pem).catch(() => env.stop('ISSUER_KEY is no RSA private key in PEM (PKCS #8).'));
}

/** Opens the port with the keys, and gives what the server has to be told of the issuer. */
async function open(): Promise<{ name: string; keys: URL }> {
  const app = express().disable('x-powered-by');
  app.get('/.well-known/jwks.json', (_req, res) => {
    if (down) return void res.sendStatus(503);
    res.set('Cache-Control', 'no-store').json(published());
  });
  const http = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => http.once('listening', resolve).once('error', reject));
  const address = http.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { name: ISSUER, keys: new URL(`http://127.0.0.1:${port}/.well-known/jwks.json`) };
}

export const issuer = { routes, open };
