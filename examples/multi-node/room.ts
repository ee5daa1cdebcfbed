// What a socket may do once it is in: a small chat room, with who is online on all nodes. Copy this too.
import { randomUUID } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { Refusal } from '../lib/refusal.ts';
import type { Client, Io } from './server.ts';
import { hasOthers, node } from './shared.ts';

export type Heard = Record<'whoami' | 'say', (...args: unknown[]) => void>;
export type Told = Record<'said' | 'online' | 'ended', (message: object) => void>;

type Person = { id: string; name: string; node: string };
/** What the nodes say to each other. */
export type Between = {
  closed: (sid: string) => void;
  gone: (id: string) => void;
  present: (from: string, people: Person[]) => void;
};

// #region presence
const me = randomUUID();
const present = new Set<Client>();
const elsewhere = new Map<string, { people: Person[]; at: number }>(); // what other nodes said last

/** Each node tells the others who is with it, every 2 seconds. One that is silent for 6 is gone. */
export function shareRoom(io: Io): void {
  io.on('present', (from, people) => {
    elsewhere.set(from, { people, at: performance.now() });
    announce();
  });
  setInterval(() => {
    for (const [from, { at }] of elsewhere) {
      if (performance.now() - at > 6_000 && elsewhere.delete(from)) announce();
    }
    tellNodes(io);
  }, 2_000).unref();
}

const here = () => [...present].map(({ data }) => ({ ...data.user, node }));

function tellNodes(io: Io): void {
  const people = here().map(({ id, name, node }) => ({ id, name, node }));
  if (hasOthers) io.serverSideEmit('present', me, people);
}

let due = false;

/** Tells this node's clients who is online: people, not sockets. Ten times a second at most. */
function announce(changed?: Io): void {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    if (changed) tellNodes(changed);
    const all = [...here(), ...[...elsewhere.values()].flatMap(({ people }) => people)];
    const names = [...new Map(all.map(({ id, name }) => [id, name])).values()];
    const people = names.map((name) => {
      const nodes = new Set(all.filter((each) => each.name === name).map((each) => each.node));
      return { name, nodes: [...nodes].sort() };
    });
    for (const socket of present) socket.emit('online', { node, people });
  }, 100);
}
// #endregion

// #region room
const Say = z.object({ text: z.string().trim().min(1).max(500) });

/** Lets a socket into the room. `flood` ends one that does not stop sending. */
export function enterRoom(socket: Client, io: Io, flood: () => void): void {
  const { user } = socket.data;
  const changed = () => {
    tellNodes(io);
    announce();
  };
  present.add(socket);
  socket.on('disconnect', () => {
    present.delete(socket);
    changed();
  });
  handle(socket, flood, 'whoami', () => user);
  handle(socket, flood, 'say', (payload) => {
    const { text } = Say.parse(payload);
    socket.nsp.emit('said', { from: { id: user.id, name: user.name }, text }); // on every node
    return { ok: true };
  });
  changed();
}
// #endregion

// #region events
const budget = new RateLimiterMemory({ points: 20, duration: 10 }); // per user and node

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
// #endregion
