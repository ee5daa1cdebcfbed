// Copy this too: checks a password, and keeps guesses slow. `res.locals.user` is the user.
import express, { type RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { users } from './users.ts';

const Credentials = z.object({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});

// One process only: with several, keep these counts in a store that all of them share.
const perNameAndAddress = new RateLimiterMemory({ keyPrefix: 'na', points: 5, duration: 60 });
const perName = new RateLimiterMemory({ keyPrefix: 'n', points: 50, duration: 60 });

const check: RequestHandler = async (req, res, next) => {
  const body = Credentials.safeParse(req.body);
  if (!body.success) {
    res.status(400).json({ code: 'BAD_REQUEST', message: 'Send JSON: {username, password}.' });
    return;
  }
  const { username, password } = body.data;
  const both = JSON.stringify([username, req.ip]);
  try {
    // Counted before the password is checked, so that parallel guesses cannot slip past the count.
    await perNameAndAddress.consume(both);
    await perName.consume(username);
  } catch (limit) {
    if (!(limit instanceof RateLimiterRes)) throw limit;
    res.set('Retry-After', String(Math.ceil(limit.msBeforeNext / 1000)));
    res.status(429).json({ code: 'RATE_LIMITED', message: 'Too many attempts. Wait a minute.' });
    return;
  }
  const user = await users.verifyPassword(username, password);
  if (!user) {
    res.status(401).json({ code: 'WRONG_CREDENTIALS', message: 'Wrong name or password.' });
    return;
  }
  await perNameAndAddress.reward(both);
  await perName.reward(username);
  res.locals.user = user;
  next();
};

export const login: RequestHandler[] = [express.json({ limit: '2kb' }), check];
