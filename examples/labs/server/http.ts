// Labs: the routes that every app has. With their reasons: auth-field/server.ts.
import express, { type Express, type Request, type Response } from 'express';
import { errors } from '../../lib/errors.ts';
import { login } from '../../lib/login.ts';
import { users } from '../../lib/users.ts';
import { check, forget } from './check.ts';
import { endWhere } from './sockets.ts';
import { bearer, readToken, signToken } from './tokens.ts';

/** Sign in, who am I, sign out, and an admin who disables a user. `more` adds routes of the lab's own. */
export function routes(more: (app: Express) => void = () => {}): Express {
  const app = express().disable('x-powered-by');
  app.post(
    '/login',
    login,
    (_req: Request, res: Response) => void res.json({ token: signToken(res.locals.user.id) }),
  );
  app.get('/me', async (req, res) => void res.json((await check(readToken(bearer(req)))).user));
  app.post('/logout', (req, res) => {
    const claims = readToken(bearer(req));
    forget(claims);
    endWhere(({ data }) => data.claims.jti === claims.jti, 'TOKEN_INVALID');
    res.sendStatus(204);
  });
  app.post('/users/:id/disable', async (req, res) => {
    const { user } = await check(readToken(bearer(req)));
    if (user.role !== 'admin') return void res.sendStatus(403);
    await users.disable(req.params.id);
    res.sendStatus(204);
  });
  more(app);
  app.use(errors);
  return app;
}
