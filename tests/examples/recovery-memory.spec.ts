// What connection state recovery leaves behind in the server's memory.
import type { ServerOptions } from 'socket.io';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** Runs the work; gives how many of the intervals that were set meanwhile still run. */
async function intervalsLeft(work: () => Promise<void>): Promise<number> {
  const { setInterval, clearInterval } = globalThis;
  const running = new Set<unknown>();
  globalThis.setInterval = ((...args: Parameters<typeof setInterval>) => {
    const timer = setInterval(...args);
    running.add(timer);
    return timer;
  }) as typeof setInterval;
  globalThis.clearInterval = (timer) => {
    running.delete(timer);
    clearInterval(timer);
  };
  await work().finally(() => Object.assign(globalThis, { setInterval, clearInterval }));
  for (const timer of running) clearInterval(timer as NodeJS.Timeout);
  return running.size;
}

test('with the default adapter each namespace that a client has made leaves a timer behind', async ({
  plainServer,
}) => {
  const cleanup: Partial<ServerOptions> = { cleanupEmptyChildNamespaces: true };
  const left = async (options: Partial<ServerOptions>) => {
    const { io, origin } = await plainServer({ ...cleanup, ...options });
    io.of(/^\/room-\d+$/).use((_socket, next) => next(new Error('no')));
    const before = io._nsps.size;
    return intervalsLeft(async () => {
      const raw = await openWebSocket(origin);
      for (let room = 0; room < 20; room += 1) await raw.connect(undefined, `/room-${room}`);
      raw.close();
      expect(io._nsps.size).toBe(before); // refused, and every namespace is gone again
    });
  };
  expect(await left({ connectionStateRecovery: {} })).toBe(20);
  expect(await left({})).toBe(0);
});
