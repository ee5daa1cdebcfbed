// A token that expires while its socket is open: what happens by itself, and what each cure leaves.
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { io as connect } from 'socket.io-client';
import { at, checkEvents, checkOnce } from '../content/runs/expiry.ts';
import { signToken, until } from '../support/example.ts';
import { withPage } from '../support/pages.ts';
import { once } from '../support/plain.ts';
import { openWebSocket, type Raw } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** A socket that was let in, and whose token has expired since. */
async function pastExp(origin: string): Promise<Raw> {
  const exp = Math.floor(Date.now() / 1000) + 2;
  const raw = await openWebSocket(origin);
  await raw.connect({ token: signToken({ exp }) });
  await wait(Math.max(1, exp * 1000 - Date.now()));
  return raw;
}

test('where nobody looks, a socket whose token has expired goes on sending and receiving', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  checkOnce(io);
  const raw = await pastExp(origin);
  await raw.send('42["say","am I still here?"]');
  expect(await raw.next('42')).toBe('42["said","am I still here?"]');
  io.emit('said', 'the merger is on Friday');
  expect(await raw.next('42')).toBe('42["said","the merger is on Friday"]');
  expect(raw.closed).toBe(false);
  const late = await openWebSocket(origin);
  expect((await late.connect({ token: signToken({ exp: 1 }) })).kind).toBe('refused');
  late.close();
  raw.close();
});

test('a check of exp at each event stops what a socket sends, and not what it hears', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  checkOnce(io);
  checkEvents(io);
  const raw = await pastExp(origin);
  await raw.send('42["say","am I still here?"]');
  io.emit('said', 'the merger is on Friday');
  expect(await raw.next('42')).toBe('42["said","the merger is on Friday"]');
  raw.close();
});

test('a client whose socket is ended by the server does not come back by itself', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  let connects = 0;
  io.on('connection', (socket) => {
    connects += 1;
    socket.disconnect();
  });
  const client = connect(origin, { reconnectionDelay: 10 });
  const [reason] = await once(client, 'disconnect');
  expect([reason, client.active]).toEqual(['io server disconnect', false]);
  await wait(200);
  expect(connects).toBe(1);
});

const TOO_LONG = 2 ** 31;

test('a timer of 2 ** 31 ms fires at once, in Node and in a browser', async ({
  page,
  plainServer,
}) => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  const before = performance.now();
  await new Promise<void>((resolve) => setTimeout(resolve, TOO_LONG));
  expect(performance.now() - before).toBeLessThan(1_000);
  await expect.poll(() => warnings).toContain('TimeoutOverflowWarning');
  process.off('warning', note);
  await page.goto(withPage(await plainServer()).origin);
  const waited = await page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        setTimeout(() => resolve(performance.now() - start), ms);
      }),
    TOO_LONG,
  );
  expect(waited).toBeLessThan(1_000);
});

test('a chain of timers waits longer than one timer can, and can be taken back', async () => {
  const month = 30 * 24 * 3_600 * 1_000;
  let fired = 0;
  const count = () => {
    fired += 1;
  };
  const start = performance.now();
  const takeBack = [at(Date.now() + month, count), at(Date.now() + 100, count)];
  takeBack[1]?.();
  await new Promise<void>((resolve) => at(Date.now() + 220, resolve, 50)); // a timer that waits 50 ms at most
  expect(performance.now() - start).toBeGreaterThan(210);
  expect(fired).toBe(0);
  takeBack[0]?.();
});

test('a timer that is not cleared at disconnect stays until exp, with all that it holds', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const left: number[] = [];
  for (const clears of [false, true]) {
    const pending: NodeJS.Timeout[] = [];
    io.removeAllListeners('connection').on('connection', (socket) => {
      const timer = setTimeout(() => socket.disconnect(), 900_000);
      pending.push(timer);
      if (clears) socket.on('disconnect', () => clearTimeout(timer));
    });
    const before = timers();
    const raws = await Promise.all(Array.from({ length: 40 }, () => openWebSocket(origin)));
    await Promise.all(raws.map((raw) => raw.connect()));
    for (const raw of raws) raw.close();
    await until(() => io.of('/').sockets.size === 0, 5_000);
    left.push(timers() - before);
    for (const timer of pending) clearTimeout(timer);
  }
  expect(left[0]).toBeGreaterThan(30);
  expect(left[1]).toBeLessThan(10);
});
