// One line in the log for each request that was refused: which code, where, from whom. lesson: start
import type { ErrorRequestHandler } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';

/** Stands before the middleware that answers. Without names: people type a password there at times. */
export const logRefused: ErrorRequestHandler = (error, req, _res, next) => {
  const code =
    error instanceof Refusal
      ? error.data.code
      : error instanceof RateLimiterRes
        ? 'RATE_LIMITED'
        : undefined;
  // A visitor who has not signed in is no event: each page begins by asking who is there.
  if (code && !code.endsWith('_MISSING')) {
    const user = error instanceof Refusal ? error.userId : undefined;
    log('refused', { code, user, path: req.path, address: req.ip });
  }
  next(error);
};
