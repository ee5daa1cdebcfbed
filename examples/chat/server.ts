// A chat to ship: sessions for browsers, tokens for apps, one door for both. This file puts it together;
// each file beside it is on one subject. To reuse it, copy this folder and what it imports from lib.
import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';
import { env } from '../lib/env.ts';
import { errors } from '../lib/errors.ts';
import { listen } from '../lib/listen.ts';
import { log } from '../lib/log.ts';
import { admin } from './admin.ts';
import { enterChat } from './chat.ts';
import { demoAccounts } from './demo.ts';
import { guard } from './door.ts';
import { readHandshakes } from './handshake.ts';
import { health } from './health.ts';
import { afterLook, type ChatServer } from './live.ts';
import { follow } from './membership.ts';
import { fromOwnPage, origins, ownPagesOnly } from './origin.ts';
import { pages } from './pages.ts';
import { logRefused } from './refused.ts';
import { routes } from './routes.ts';
import { sessions, soon, storeDown } from './session.ts';
import { isStopping, stop } from './stop.ts';
import { logins, sessions as sessionStore } from './store.ts';

await demoAccounts();

// #region http
const app = express().disable('x-powered-by');
app.set('trust proxy', env.list('TRUST_PROXY')); // only they may say whose request it is
app.use(health, pages, ownPagesOnly);
app.use(soon(sessions), storeDown);
app.use(express.json({ limit: '2kb' }), routes, admin);
app.use(logRefused, errors);
// #endregion

// #region io
const http = createServer(app);
const io: ChatServer = new Server(http, {
  allowRequest: (req, callback) => {
    if (isStopping()) return callback('GOING_AWAY: the server restarts', false);
    if (fromOwnPage(req)) return callback(null, true);
    log('refused', { code: 'FORBIDDEN', user: undefined, address: req.socket.remoteAddress });
    callback('FORBIDDEN: this origin is not allowed', false);
  },
  connectTimeout: 10_000, // for a connection that says nothing. lesson: limits
  maxHttpBufferSize: 20_000, // more than any message needs
  cleanupEmptyChildNamespaces: true,
  // No connectionStateRecovery: it lets a client back in without the door. What was missed is in the
  // history. lesson: recovery
});
readHandshakes(io);
guard(io, enterChat);
// #endregion

afterLook.add(follow); // what another process has changed in the rooms
setInterval(() => {
  void Promise.all([sessionStore.sweep(), logins.sweep()]).catch(console.error);
}, 60_000).unref();

const own = await listen(http, io, 3012, () => stop(http, io));
if (origins.length === 0) origins.push(own);
