// What the engine does at a handshake, before there is a socket: it knows nothing of Express.
import { hash, randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Presented } from './check.ts';
import type { ChatServer } from './live.ts';
import { fromOwnPage } from './origin.ts';
import { sessions, sidIn, soon } from './session.ts';

type EngineRequest = Presented & { _query: { sid?: string } };

// #region engine
/** The engine's sid stands in URLs. It is good with the cookie that opened the connection alone. */
const seal = (cookies?: string) => hash('sha256', sidIn(cookies) ?? '', 'base64url');

/** lesson: where-code-runs */
export function readHandshakes(io: ChatServer): void {
  io.engine.generateId = ({ headers }) => `${randomUUID()}.${seal(headers.cookie)}`;
  io.engine.use((req: EngineRequest, _res: object, next: (error?: Error) => void) => {
    const { sid } = req._query; // allowRequest does not see a request with one
    const fits = !sid || (fromOwnPage(req) && sid.endsWith(seal(req.headers.cookie)));
    next(fits ? undefined : new Error('another cookie, or another page'));
  });
  io.engine.use(atHandshake(soon(sessions)));
}

/** The engine calls a middleware for each of its requests. One without a sid is a handshake. */
function atHandshake(middleware: RequestHandler) {
  return (req: EngineRequest, res: Parameters<RequestHandler>[1], next: () => void) => {
    const { headers, _query } = req;
    if (_query.sid || !fromOwnPage(req) || !sidIn(headers.cookie)) return next();
    middleware(req as Parameters<RequestHandler>[0], res, (error) => {
      req.failed = Boolean(error); // said at CONNECT, where the client gets a code
      next();
    });
  };
}
// #endregion
