// Every event is a request: it may be malformed, too much, or too late. lesson: events
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ZodError } from 'zod';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';
import { type Client, end } from './live.ts';
import type { Asked } from './wire.ts';

const budget = new RateLimiterMemory({ points: 40, duration: 10 }); // per user: 40 in 10 seconds
const running = new Set<Promise<void>>();
let closing = false;

// #region events
/** A payload may be anything, and the acknowledgement may be missing: neither ends the process. */
export function handle(socket: Client, event: Asked, work: (payload: unknown) => unknown): void {
  socket.on(event, (...args) => {
    if (closing) return; // unanswered: the client sends it again to whoever comes after
    const answer = args.findLast((each) => typeof each === 'function') ?? (() => {});
    const payload = typeof args[0] === 'function' ? undefined : args[0];
    const done = run(socket, event, () => work(payload), answer as (value: unknown) => void);
    running.add(done);
    void done.finally(() => running.delete(done));
  });
}

async function run(
  socket: Client,
  event: Asked,
  work: () => unknown,
  answer: (value: unknown) => void,
): Promise<void> {
  const { user } = socket.data;
  try {
    await budget.consume(user.id);
    if (socket.connected) answer(await work()); // else it ended meanwhile
  } catch (error) {
    const limited = error instanceof RateLimiterRes;
    if (limited && error.consumedPoints > 500) return end(socket, 'RATE_LIMITED');
    if (error instanceof Refusal) {
      log('refused', { code: error.data.code, user: user.id, asked: event });
      return answer({ error: error.data });
    }
    if (limited) return answer({ error: new Refusal('RATE_LIMITED').data });
    if (error instanceof ZodError) return answer({ error: new Refusal('BAD_PAYLOAD').data });
    console.error(error); // the database, or a mistake of ours: nothing of it goes out
    answer({
      error: { code: 'SERVER_ERROR', message: 'That did not work. Try again in a moment.' },
    });
  }
}
// #endregion

/** From here on no event is begun. Resolves when those that were have been answered. */
export async function finishEvents(): Promise<void> {
  closing = true;
  await Promise.allSettled(running);
}
