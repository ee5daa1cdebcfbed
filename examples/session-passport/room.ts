// What a socket may do once it is in: a small chat room, with who is online. Copy this too.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Refusal } from '../lib/refusal.ts';
import type { Client } from './server.ts';
import { changeSession } from './session.ts';

export type Heard = Record<'whoami' | 'say' | 'status', (...args: unknown[]) => void>;
export type Told = Record<'said' | 'online' | 'ended', (message: object) => void>;

// #region room
const Say = z.object({ text: z.string().trim().min(1).max(500) });
const Status = z.object({ text: z.string().trim().max(60) });
const present = new Set<Client>();

/** Lets a socket into the room. `flood` ends one that does not stop sending. */
export function enterRoom(socket: Client, flood: () => void): void {
  const { user } = socket.data;
  present.add(socket);
  socket.on('disconnect', () => {
    present.delete(socket);
    announce();
  });
  handle(socket, flood, 'whoami', () => user);
  handle(socket, flood, 'say', (payload) => {
    const { text } = Say.parse(payload);
    socket.nsp.emit('said', { from: { id: user.id, name: user.name }, text });
    return { ok: true };
  });
  handle(socket, flood, 'status', async (payload) => {
    const { text } = Status.parse(payload);
    await changeSession(socket.request, (data) => {
      data.status = text; // in the session: it is there again after a reload of the page
    });
    for (const { data } of present) if (data.sid === socket.data.sid) data.status = text;
    announce();
    return { ok: true };
  });
  announce();
}

let due = false;

/** Tells who is online: people, not sockets, for three tabs are one person. Ten times a second at most. */
function announce(): void {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    for (const nsp of new Set([...present].map((socket) => socket.nsp))) {
      const here = [...present].filter((socket) => socket.nsp === nsp);
      const people = new Map(here.map(({ data }) => [data.user.id, data]));
      const online = [...people.values()].map(({ user, status }) => ({ name: user.name, status }));
      nsp.emit('online', online);
    }
  }, 100);
}
// #endregion

// #region events
const budget = new RateLimiterMemory({ points: 20, duration: 10 }); // per user: 20 in 10 seconds

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
      if (socket.connected) answer(await work(args[0])); // else it ended meanwhile
    } catch (error) {
      const limited = error instanceof RateLimiterRes;
      if (limited && error.consumedPoints > 500) return flood();
      if (error instanceof Refusal) return answer({ error: error.data });
      if (!limited && !(error instanceof z.ZodError)) console.error(error);
      answer({ error: new Refusal(limited ? 'RATE_LIMITED' : 'BAD_PAYLOAD').data });
    }
  });
}
// #endregion
