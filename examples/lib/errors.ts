// Copy this too, as the last middleware: what a handler throws becomes JSON, and no stack leaves.
import type { ErrorRequestHandler } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { type Code, Refusal } from './refusal.ts';

const statuses: Partial<Record<Code, number>> = {
  AUTH_UNAVAILABLE: 503,
  BAD_PAYLOAD: 400,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  REFRESH_RACED: 409,
};

/**
 * A refusal answers 401 unless its code has another status, a limiter's 429 with `Retry-After`. Any
 * other error says nothing of itself.
 */
export const errors: ErrorRequestHandler = (error, _req, res, _next) => {
  if (res.headersSent) return; // a session store that failed after the answer
  if (error instanceof Refusal) {
    res.status(statuses[error.data.code] ?? 401).json(error.data);
    return;
  }
  if (error instanceof RateLimiterRes) {
    res.set('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)));
    res.status(429).json(new Refusal('RATE_LIMITED').data);
    return;
  }
  const status = typeof error?.status === 'number' ? error.status : 500;
  if (status >= 500) console.error(error);
  const code = status < 500 ? 'BAD_REQUEST' : 'SERVER_ERROR';
  res.status(status).json({ code, message: status < 500 ? 'Bad request.' : 'Server error.' });
};
