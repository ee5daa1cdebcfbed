// Labs: a handler that no payload can hurt. With its reasons: auth-field/server.ts.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Refusal } from '../../lib/refusal.ts';
import { type Client, end } from './sockets.ts';

const budget = new RateLimiterMemory({ points: 20, duration: 10 }); // per user, or per address without one

/** What `work` gives is the acknowledgement, what it throws an error in it. */
export function handle(socket: Client, event: string, work: (payload: unknown) => unknown): void {
  socket.on(event, async (...args) => {
    const answer = args.findLast((each) => typeof each === 'function') ?? (() => {});
    try {
      await budget.consume(socket.data.user?.id ?? socket.handshake.address);
      const result = await work(args[0]);
      if (socket.connected) answer(result);
    } catch (error) {
      const limited = error instanceof RateLimiterRes;
      if (limited && error.consumedPoints > 500) return end(socket, 'RATE_LIMITED');
      if (error instanceof Refusal) return answer({ error: error.data });
      if (!limited && !(error instanceof z.ZodError)) console.error(error);
      answer({ error: new Refusal(limited ? 'RATE_LIMITED' : 'BAD_PAYLOAD').data });
    }
  });
}

const Say = z.object({ text: z.string().trim().min(1).max(500) });

/** `whoami` and `say`, which every lab has. */
export function chat(socket: Client): void {
  const { id, name } = socket.data.user;
  handle(socket, 'whoami', () => socket.data.user);
  handle(socket, 'say', (payload) => {
    const { text } = Say.parse(payload);
    socket.nsp.emit('said', { from: { id, name }, text });
    return { ok: true };
  });
}
