// rooms: who is online. People are counted, not tabs.
import { WebSocket } from 'ws';
import type { Variant } from '../support/example.ts';
import { until } from '../support/example.ts';
import { arrive, type Person } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** The names on the list that came last. */
const namesAt = (person: Person) =>
  ((person.heard('online').at(-1) ?? []) as { name: string }[]).map(({ name }) => name);

const sees = (person: Person, ...names: string[]) =>
  until(() => namesAt(person).join() === names.join(), 5_000);

test('three tabs are one person, who is online until the last of them is gone', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const bob = await arrive(example, 'u2');
  const tabs = [await arrive(example), await arrive(example), await arrive(example)];
  await sees(bob, 'bob', 'ann');
  tabs[0]?.leave();
  tabs[1]?.leave();
  const root = await arrive(example, 'u3'); // an arrival is told to all: by then two tabs have gone
  await sees(bob, 'bob', 'ann', 'root');
  tabs[2]?.leave();
  await sees(bob, 'bob', 'root');
  for (const list of bob.heard('online')) {
    expect(new Set((list as { id: string }[]).map(({ id }) => id)).size).toBe(
      (list as object[]).length,
    );
  }
  root.leave();
});

test('a server that marks a person offline with the first tab that closes is wrong about them', async ({
  startExample,
}) => {
  const variant: Variant = [['if (sockets.size > 0) return;', '', 'presence.ts']];
  const example = await startExample('rooms', { variant });
  const bob = await arrive(example, 'u2');
  const tabs = [await arrive(example), await arrive(example)];
  await sees(bob, 'bob', 'ann');
  tabs[0]?.leave();
  await sees(bob, 'bob'); // and Ann sits in front of her other tab
  expect(await tabs[1]?.ask('whoami')).toMatchObject({ name: 'ann' });
});

test('a second tab is told who is online, and nobody else hears of it', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const bob = await arrive(example, 'u2');
  await arrive(example);
  await sees(bob, 'bob', 'ann');
  const before = bob.heard('online').length;
  const second = await arrive(example);
  await sees(second, 'bob', 'ann');
  await bob.ask('whoami');
  expect(bob.heard('online').length).toBe(before);
});

test('a tab in another namespace keeps its person online', async ({ startExample }) => {
  const example = await startExample('rooms');
  const bob = await arrive(example, 'u2');
  const ann = await arrive(example);
  const team = await arrive(example, 'u1', '/team-red');
  await sees(bob, 'bob', 'ann');
  ann.leave();
  await arrive(example, 'u3');
  await sees(bob, 'bob', 'ann', 'root');
  team.leave();
  await sees(bob, 'bob', 'root');
});

test('a tab whose process dies is gone as soon as its connection breaks', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const bob = await arrive(example, 'u2');
  const ann = await arrive(example);
  await sees(bob, 'bob', 'ann');
  ann.leave(); // destroys the TCP connection: no close frame, no DISCONNECT
  await sees(bob, 'bob');
});

/** A client of Ann's that answers no ping: its cable is cut, and no packet says so. */
async function silent(origin: string, token: string): Promise<WebSocket> {
  const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve) => socket.once('message', resolve));
  socket.send(`40${JSON.stringify({ token })}`);
  return socket;
}

test('a client that falls silent is online until the ping timeout, and no longer', async ({
  startExample,
}) => {
  const pings = 'connectTimeout: 10_000, pingInterval: 1_000, pingTimeout: 1_500,';
  const variant: Variant = [['connectTimeout: 10_000,', pings]];
  const example = await startExample('rooms', { variant });
  const bob = await arrive(example, 'u2');
  const ann = await silent(example.origin, example.sign());
  await sees(bob, 'bob', 'ann');
  await sees(bob, 'bob');
  ann.terminate();
});

test('without a setting of yours a silent client is noticed after 25 and 20 seconds', async ({
  startExample,
}) => {
  const { raw } = await arrive(await startExample('rooms'));
  expect(raw.packets[0]).toContain('"pingInterval":25000,"pingTimeout":20000');
});
