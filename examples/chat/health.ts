// What a supervisor asks: is the process alive, and may it be given traffic?
import { Router } from 'express';
import { within } from '../lib/within.ts';
import { isStopping } from './stop.ts';
import { database } from './store.ts';

export const health = Router();

/** No database in it: to start a server again does not mend a database that is down. */
health.get('/health', (_req, res) => void res.json({ ok: true }));

health.get('/ready', async (_req, res) => {
  const answers = within(1_000, database.query('SELECT 1 AS one')).then(
    () => !isStopping(),
    () => false,
  );
  const ok = await answers;
  res.status(ok ? 200 : 503).json({ ok });
});
