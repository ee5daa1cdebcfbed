// The budget of events: whom it counts, and what becomes of a client that does not care.
import type { Example, Variant } from '../support/example.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const perSocket: Variant = [['budget.consume(socket.data.user.id)', 'budget.consume(socket.id)']];

/** Spends 20 events on one socket of Ann's; gives the answer to the next, on another one. */
async function next(example: Example): Promise<string | undefined> {
  const [first, second] = [
    await openWebSocket(example.origin),
    await openWebSocket(example.origin),
  ];
  for (const raw of [first, second]) await raw.connect({ token: example.sign() });
  await first.send(...Array.from({ length: 20 }, () => '421["whoami"]'), '422["whoami"]');
  await first.next('432');
  await second.send('421["whoami"]');
  const answer = await second.next('431');
  for (const raw of [first, second]) raw.close();
  return answer;
}

test('the sockets of one user share one budget of events', async ({ startExample }) => {
  expect(await next(await startExample('auth-field'))).toContain('RATE_LIMITED');
  expect(await next(await startExample('auth-field', { variant: perSocket }))).toContain('"ann"');
});

const patient: Variant = [
  ["if (limited && error.consumedPoints > 500) return end(socket, 'RATE_LIMITED');", ''],
];

async function flood(example: Example): Promise<boolean> {
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  await raw.send(...Array.from({ length: 600 }, () => '42["whoami"]'));
  const told = await raw.next('42["ended"', 1_000);
  const closed = await raw.isClosed(500);
  raw.close();
  return closed && told?.includes('RATE_LIMITED') === true;
}

test('a client that sends 600 events at once is ended, and told why', async ({ startExample }) => {
  expect(await flood(await startExample('auth-field'))).toBe(true);
  expect(await flood(await startExample('auth-field', { variant: patient }))).toBe(false);
});
