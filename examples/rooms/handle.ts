// One way to add a listener, so that each event is met as a request. Copy this too.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { z } from 'zod';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';
import type { Heard } from './rooms.ts';
import type { Client } from './server.ts';

// #region handle
const budget = new RateLimiterMemory({ points: 20, duration: 10 }); // per user, in seconds

/**
 * Limits, validates, does the work and answers. The work may be async, and may throw a
 * Refusal; what it returns is the acknowledgement. Nothing is thrown out of here.
 */
export function handle<Payload>(
  socket: Client,
  flood: () => void,
  event: keyof Heard,
  schema: z.ZodType<Payload>,
  work: (payload: Payload) => unknown,
): void {
  socket.on(event, async (...args) => {
    const answer = args.findLast((each) => typeof each === 'function') ?? (() => {});
    try {
      await budget.consume(socket.data.user.id);
      if (!socket.connected) return; // it ended meanwhile
      const payload = schema.safeParse(args[0]);
      if (!payload.success) throw new Refusal('BAD_PAYLOAD');
      answer((await work(payload.data)) ?? { ok: true });
    } catch (error) {
      if (error instanceof RateLimiterRes && error.consumedPoints > 500) return flood();
      answer({ error: reason(error, socket, event) });
    }
  });
}
// #endregion

// #region reason
/** What the client is told: a code. What went wrong in here stays here. */
function reason(error: unknown, { data, handshake }: Client, event: string) {
  if (error instanceof RateLimiterRes) return new Refusal('RATE_LIMITED').data;
  if (error instanceof Refusal) {
    const { code } = error.data;
    log('refused', { code, user: data.user.id, address: handshake.address, to: event });
    return error.data;
  }
  console.error(error);
  return new Refusal('SERVER_ERROR').data;
}
// #endregion
