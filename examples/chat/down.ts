// A database that fails is an outage, and not a bad token: clients keep their login, and come again.
// lesson: auth-field
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';

/** The work's result. When it fails, the log has the reason, and the client AUTH_UNAVAILABLE. */
export async function orDown<T>(work: Promise<T>, userId?: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    log('database failed', { reason: error instanceof Error ? error.message : undefined });
    throw new Refusal('AUTH_UNAVAILABLE', userId); // "invalid" would end good logins
  }
}
