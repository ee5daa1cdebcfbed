// Who may open a connection, whose later requests belong to it, and from where they come. Copy this too.
import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import passport from 'passport';
import { env } from '../lib/env.ts';
import type { Io } from './server.ts';
import { sessions, sidIn, soon } from './session.ts';

export const origins = env.list('ORIGINS');
export const proxies = env.list('TRUST_PROXY');
export type Asked = Request & { _query: { sid?: string }; failed?: boolean };

// #region origin
/** A page of another origin has no business here. Same-origin polling GETs carry no Origin at all. */
export function fromOwnPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  return ['undefined', 'same-origin', 'none'].includes(String(headers['sec-fetch-site']));
}
// #endregion

// #region address
type Trust = (address: string | undefined, hop: number) => boolean;
const trusts: Trust = express().set('trust proxy', proxies).get('trust proxy fn');

/**
 * The client's address. Socket.IO's own `handshake.address` is the proxy's, whatever Express trusts.
 * X-Forwarded-For is read from its end, as far as trusted proxies wrote it: the rest a client made up.
 */
export function addressOf({ headers, socket }: IncomingMessage): string | undefined {
  const said = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((each) => each.trim());
  const chain = [socket.remoteAddress, ...said.filter(Boolean).reverse()];
  return chain.find((address, hop) => !trusts(address, hop)) ?? chain.at(-1);
}
// #endregion

// #region engine
type Connection = {
  id: string;
  request: IncomingMessage;
  once: (event: 'close', f: () => void) => void;
};

/** The engine calls a middleware for each of its requests. One without a sid is a handshake. */
function atHandshake(middleware: RequestHandler) {
  return (req: Asked, res: Parameters<RequestHandler>[1], next: () => void) => {
    const { failed, headers, _query } = req;
    if (_query.sid || failed || !fromOwnPage(req) || !sidIn(headers.cookie)) return next();
    middleware(req, res, (error) => {
      req.failed = Boolean(error); // said at CONNECT, where the client gets a code
      next();
    });
  };
}

/** Before any namespace: the engine's own requests. */
export function guardEngine({ engine }: Io): void {
  // The engine's sid stands in URLs. It is good with the cookie that opened the connection alone. It
  // keeps its 20 characters: @socket.io/sticky finds a request's node by them, and by no longer sid.
  const openedBy = new Map<string, string | undefined>();
  engine.on('connection', (conn: Connection) => {
    openedBy.set(conn.id, sidIn(conn.request.headers.cookie));
    conn.once('close', () => openedBy.delete(conn.id));
  });
  engine.use((req: Asked, _res: object, next: (error?: Error) => void) => {
    const { sid } = req._query; // allowRequest does not see a request with one
    const known = sid && openedBy.has(sid); // of another node's the engine says that it knows none
    const fits = !known || (fromOwnPage(req) && openedBy.get(sid) === sidIn(req.headers.cookie));
    next(fits ? undefined : new Error('another cookie, or another page'));
  });
  engine.use(atHandshake(soon(sessions)));
  engine.use(atHandshake(soon(passport.session())));
}
// #endregion
