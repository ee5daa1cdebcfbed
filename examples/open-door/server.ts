// A REST API behind a login, and a socket beside it that asks nothing. For reading, not for copying.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import jwt from 'jsonwebtoken';
import { Server } from 'socket.io';
import { z } from 'zod';
import { env } from '../lib/env.ts';
import { errors } from '../lib/errors.ts';
import { listen } from '../lib/listen.ts';
import { login } from '../lib/login.ts';
import { page } from '../lib/page.ts';
import { Refusal } from '../lib/refusal.ts';
import { secret } from '../lib/secret.ts';
import { type User, users } from '../lib/users.ts';

const key = secret('JWT_SECRET');
const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);
const policy = { issuer: 'handshake', audience: 'handshake-api' };

const Say = z.object({ text: z.string().trim().min(1).max(500) });
const messages: { from: { id: string | null; name: string }; text: string }[] = [];

function publish(from: Pick<User, 'id' | 'name'> | { id: null; name: string }, text: string): void {
  const message = { from: { id: from.id, name: from.name }, text };
  messages.push(message);
  if (messages.length > 50) messages.shift();
  io.emit('said', message);
}

// #region rest
const signedIn: RequestHandler = async (req, res, next) => {
  const token = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const user = await users.findById(readToken(token));
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN');
  res.locals.user = user;
  next();
};

function readToken(token: string | undefined): string {
  if (!token) throw new Refusal('TOKEN_MISSING');
  try {
    const claims = jwt.verify(token, key, { ...policy, algorithms: ['HS256'] });
    return String(claims.sub);
  } catch (error) {
    throw new Refusal(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
  }
}

const app = express();
app.use(page);
app.post('/login', login, (_req: Request, res: Response) => {
  const claims = { subject: res.locals.user.id, jwtid: randomUUID(), expiresIn: TOKEN_TTL };
  res.json({ token: jwt.sign({}, key, { ...policy, ...claims, algorithm: 'HS256' }) });
});
app.use(signedIn, express.json({ limit: '2kb' })); // every route below asks for a token

app.get('/messages', (_req, res) => void res.json(messages));
app.post('/messages', (req, res) => {
  const body = Say.safeParse(req.body);
  if (!body.success) throw new Refusal('BAD_PAYLOAD');
  publish(res.locals.user, body.data.text);
  res.sendStatus(201);
});
// #endregion
app.get('/me', (_req, res) => {
  const { id, name, role } = res.locals.user;
  res.json({ id, name, role });
});
app.post('/logout', (_req, res) => void res.sendStatus(204)); // the client forgets its token
app.use(errors);

// #region socket
const http = createServer(app);
const io = new Server(http);

io.on('connection', (socket) => {
  // Who is this? Nobody has asked. It hears every message from now on, and may speak.
  socket.on('whoami', (...args: unknown[]) => {
    const answer = args.at(-1);
    if (typeof answer === 'function') answer(null);
  });
  socket.on('say', (payload: unknown) => {
    const say = Say.safeParse(payload);
    if (say.success) publish({ id: null, name: 'somebody' }, say.data.text);
  });
});
// #endregion

await listen(http, io, 3000);
