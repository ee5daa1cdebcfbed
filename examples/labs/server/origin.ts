// Labs: which pages may connect. With its reasons: auth-field/server.ts.
import type { IncomingMessage } from 'node:http';
import { env } from '../../lib/env.ts';
import { log } from '../../lib/log.ts';

const origins = env.list('ORIGINS');

/** The server's own origin counts as listed, once it is known. */
export function ownOrigin(origin: string): void {
  if (origins.length === 0) origins.push(origin);
}

export function fromOwnPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  return ['undefined', 'same-origin', 'none'].includes(String(headers['sec-fetch-site']));
}

/** For `new Server(http, { allowRequest })`. */
export function allowRequest(
  req: IncomingMessage,
  callback: (error: string | null, allowed: boolean) => void,
): void {
  const allowed = fromOwnPage(req);
  if (!allowed)
    log('refused', { code: 'FORBIDDEN', user: undefined, address: req.socket.remoteAddress });
  callback(allowed ? null : 'FORBIDDEN: this origin is not allowed', allowed);
}

/** What a server of ours is made with. */
export const safe = {
  allowRequest,
  connectTimeout: 10_000,
  maxHttpBufferSize: 20_000,
  cleanupEmptyChildNamespaces: true,
};
