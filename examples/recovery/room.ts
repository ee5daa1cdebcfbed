// What a socket may do once it is in: say something in a small chat room. Copy this too.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Refusal } from '../lib/refusal.ts';
import type { Client } from './server.ts';

export type Heard = Record<'whoami' | 'say', (...args: unknown[]) => void>;
export type Told = Record<'welcome' | 'said' | 'ended', (message: object) => void>;

const Say = z.object({ text: z.string().trim().min(1).max(500) });
const budget = new RateLimiterMemory({ points: 20, duration: 10 }); // per user: 20 in 10 seconds

/** Lets a socket into the room. `flood` ends one that does not stop sending. */
export function enterRoom(socket: Client, flood: () => void): void {
  const { user } = socket.data;
  handle(socket, flood, 'whoami', () => user);
  handle(socket, flood, 'say', (payload) => {
    const { text } = Say.parse(payload);
    socket.nsp.emit('said', { from: { id: user.id, name: user.name }, text });
    return { ok: true };
  });
}

/** A payload may be anything, and the acknowledgement may be missing: neither ends the process. */
function handle(
  socket: Client,
  flood: () => void,
  event: keyof Heard,
  work: (payload: unknown) => unknown,
): void {
  socket.on(event, async (...args) => {
    const answer = args.findLast((each) => typeof each === 'function') ?? (() => {});
    try {
      await budget.consume(socket.data.user.id);
      if (socket.connected) answer(work(args[0])); // else it ended meanwhile
    } catch (error) {
      const limited = error instanceof RateLimiterRes;
      if (limited && error.consumedPoints > 500) return flood();
      if (!limited && !(error instanceof z.ZodError)) console.error(error);
      answer({ error: new Refusal(limited ? 'RATE_LIMITED' : 'BAD_PAYLOAD').data });
    }
  });
}
