// Copy this too: checks a password, behind the limits of attempts.ts. `res.locals.user` is the user.
import type { RequestHandler } from 'express';
import { attempts } from './attempts.ts';
import { Refusal } from './refusal.ts';
import { users } from './users.ts';

const check: RequestHandler = async (req, res, next) => {
  const { username, password } = req.body;
  const user = await users.verifyPassword(username, password).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE'); // the store failed, not the user
  });
  if (!user) throw new Refusal('WRONG_CREDENTIALS');
  res.locals.user = user;
  next();
};

export const login: RequestHandler[] = [...attempts, check];
