// Copy this too: keeps password guesses slow. It stands before the route that checks a password.
import express, { type RequestHandler } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';

const Credentials = z.object({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});

// One process only: with several, keep these counts in a store that all of them share. The first
// one is there because each check costs a tenth of a second of CPU, whatever the name.
const limits = [
  { limiter: new RateLimiterMemory({ keyPrefix: 'from', points: 30, duration: 60 }), by: 'from' },
  { limiter: new RateLimiterMemory({ keyPrefix: 'both', points: 5, duration: 60 }), by: 'both' },
  { limiter: new RateLimiterMemory({ keyPrefix: 'name', points: 50, duration: 60 }), by: 'name' },
] as const;

const limit: RequestHandler = async (req, res, next) => {
  const body = Credentials.safeParse(req.body);
  if (!body.success) {
    res.status(400).json({ code: 'BAD_REQUEST', message: 'Send JSON: {username, password}.' });
    return;
  }
  const { username } = body.data;
  const from = req.ip ?? '';
  const keys = { both: JSON.stringify([username, from]), name: username, from };
  const count = async (change: 'consume' | 'reward') => {
    for (const { limiter, by } of limits) await limiter[change](keys[by]);
  };
  await count('consume'); // before the password is looked at: parallel guesses count as well
  res.once('finish', () => {
    if (res.statusCode !== 401) void count('reward'); // this was no wrong guess
  });
  res.set('Cache-Control', 'no-store');
  next();
};

/** Reads the body, answers 400, throws what errors.ts makes a 429 of, or goes on with `req.body`. */
export const attempts: RequestHandler[] = [express.json({ limit: '2kb' }), limit];
