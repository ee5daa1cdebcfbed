// What an admin may do. The role is read anew at each request. lesson: namespaces
import { type RequestHandler, Router } from 'express';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';
import type { Login } from './check.ts';
import { whose } from './routes.ts';
import { accounts } from './store.ts';

const adminsOnly: RequestHandler = (_req, res, next) => {
  const { user }: Login = res.locals.login;
  if (user.role === 'admin') return next();
  throw new Refusal('FORBIDDEN', user.id);
};

export const admin = Router().use('/admin', whose, adminsOnly);

admin.get('/admin/users', async ({ query }, res) => {
  res.json({ users: await accounts.list(typeof query.after === 'string' ? query.after : '') });
});

for (const what of ['disable', 'enable'] as const) {
  admin.post(`/admin/users/:id/${what}`, async (req, res) => {
    const { user }: Login = res.locals.login;
    const found = await accounts.find(req.params.id);
    if (!found) throw new Refusal('BAD_PAYLOAD');
    if (found.id === user.id) throw new Refusal('FORBIDDEN', user.id); // or nobody is left to undo it
    await accounts[what](found.id);
    log(`${what}d`, { user: found.id, by: user.id });
    res.sendStatus(204);
  });
}
