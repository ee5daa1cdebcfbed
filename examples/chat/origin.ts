// Whose page a request comes from. A cookie goes along with every request of a browser, so the cookie
// says who somebody is, and not whose page is asking. lesson: hijack
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { env } from '../lib/env.ts';
import { Refusal } from '../lib/refusal.ts';
import { sidIn } from './session.ts';

export const origins = env.list('ORIGINS');

// #region origin
/** A page of another origin has no business here. Same-origin polling GETs carry no Origin at all. */
export function fromOwnPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  return ['undefined', 'same-origin', 'none'].includes(String(headers['sec-fetch-site']));
}

/** A POST of a foreign page is refused, and one of a form is not read. lesson: jwt-cookie */
export const ownPagesOnly: RequestHandler = (req, res, next) => {
  if (!sidIn(req.headers.cookie)) delete req.headers.cookie; // of two with the name neither counts
  if (['GET', 'HEAD'].includes(req.method)) return next();
  if (!fromOwnPage(req)) throw new Refusal('FORBIDDEN'); // for the cookie comes with its POST too
  req.is('json') ? next() : res.sendStatus(415); // a foreign page may not send JSON unasked
};
// #endregion
