// Copy this too: checks a password, and keeps guesses slow. `res.locals.user` is the user.
import express, { type RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import { users } from './users.ts';

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

const check: RequestHandler = async (req, res, next) => {
  const body = Credentials.safeParse(req.body);
  if (!body.success) {
    res.status(400).json({ code: 'BAD_REQUEST', message: 'Send JSON: {username, password}.' });
    return;
  }
  const { username, password } = body.data;
  const from = req.ip ?? '';
  const keys = { both: JSON.stringify([username, from]), name: username, from };
  const count = async (change: 'consume' | 'reward') => {
    for (const { limiter, by } of limits) await limiter[change](keys[by]);
  };
  try {
    await count('consume'); // before the password is looked at: parallel guesses count as well
  } catch (limit) {
    if (!(limit instanceof RateLimiterRes)) throw limit;
    res.set('Retry-After', String(Math.ceil(limit.msBeforeNext / 1000)));
    res.status(429).json({ code: 'RATE_LIMITED', message: 'Too many attempts. Wait a minute.' });
    return;
  }
  const user = await users.verifyPassword(username, password).catch(async () => {
    await count('reward'); // the store failed, not the user
    throw new Refusal('AUTH_UNAVAILABLE');
  });
  if (!user) {
    res.status(401).json({ code: 'WRONG_CREDENTIALS', message: 'Wrong name or password.' });
    return;
  }
  await count('reward');
  res.set('Cache-Control', 'no-store');
  res.locals.user = user;
  next();
};

export const login: RequestHandler[] = [express.json({ limit: '2kb' }), check];
