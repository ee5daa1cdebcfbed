// rooms: each event is a request. Whatever comes, the server answers, limits, and stays.
import { type Example, until, type Variant } from '../support/example.ts';
import { arrive, refusal } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { openUnread } from '../support/unread.ts';

/** A second client is let in and answered: the process is alive, and does its work. */
async function servesBob(example: Example): Promise<void> {
  const bob = await arrive(example, 'u2');
  expect(await bob.ask('whoami')).toMatchObject({ name: 'bob' });
  bob.leave();
}

const names = ['whoami', 'join', 'leave', 'say', 'notify', 'admit', 'expel', 'error', 'nothing'];
const payloads = [
  ...['', ',null', ',42', ',true', ',"text"', ',[]', ',{}', ',{"room":null}', ',{"text":{}}'],
  ...[',{"room":["board"],"text":7}', ',{"to":{},"text":"x"}', ',{"__proto__":{"room":"board"}}'],
  ...[',{"text":"x"},"callback"', ',{"text":"x"},null', ',{"group":"room:","user":"u1"}'],
];
const acks = [
  '430[]',
  '430[null]',
  '430[{"toString":1}]',
  '4399999["nobody asked"]',
  '430["a","b"]',
];

/** Sends every event with every payload, and odd acknowledgements; another client is answered after it. */
async function survives(example: Example, namespace: string): Promise<void> {
  const root = await arrive(example, 'u3', namespace);
  const prefix = namespace === '/' ? '' : `${namespace},`;
  for (const name of names) {
    for (const payload of payloads) await root.raw.send(`42${prefix}["${name}"${payload}]`);
  }
  for (const ack of acks) await root.raw.send(ack.replace('43', `43${prefix}`));
  expect(await root.ask('whoami')).toMatchObject({ name: 'root' });
  await servesBob(example);
  expect(example.errors).toEqual([]);
}
const manyEvents: Variant = [
  ['points: 20, duration: 10', 'points: 400, duration: 10', 'handle.ts'],
];

test('no payload of any event ends the process, or keeps another client from its answer', async ({
  startExample,
}) => {
  await survives(await startExample('rooms', { variant: manyEvents }), '/');
});

test('no payload of an event of the admins ends the process either', async ({ startExample }) => {
  await survives(await startExample('rooms', { variant: manyEvents }), '/admin');
});

test('a bad payload is answered BAD_PAYLOAD, with or without a string where the answer goes', async ({
  startExample,
}) => {
  const ann = await arrive(await startExample('rooms'));
  for (const payload of [
    [],
    [null],
    ['text'],
    [{ text: '' }],
    [{ text: 7 }],
    [{ text: ' ' }, 'cb'],
  ]) {
    expect(await ann.ask('say', ...payload)).toEqual(refusal('BAD_PAYLOAD'));
  }
});

const broken = (how: string): Variant => [
  ["'whoami', z.unknown(), () => user);", `'whoami', z.unknown(), ${how});`, 'rooms.ts'],
];

test('a handler that throws, or whose promise rejects, is answered SERVER_ERROR and ends nothing', async ({
  startExample,
}) => {
  for (const how of ['() => { throw new Error("at row 7") }', 'async () => { throw "at row 7" }']) {
    const example = await startExample('rooms', { variant: broken(how) });
    const ann = await arrive(example);
    const answer = await ann.ask('whoami');
    expect(answer).toEqual(refusal('SERVER_ERROR'));
    expect(JSON.stringify(answer)).not.toContain('row 7'); // that is for the server's own log
    expect(await ann.ask('join', { room: 'kitchen' })).toEqual({ ok: true });
    expect(example.errors.join()).toContain('row 7');
  }
});

test('with nothing to catch it, a rejected promise in a handler ends the process', async ({
  startExample,
}) => {
  const variant: Variant = [
    ...broken('async () => { throw new Error("at row 7") }'),
    ['answer({ error: reason(error, socket, event) });', 'throw error;', 'handle.ts'],
  ];
  const example = await startExample('rooms', { variant });
  await (await arrive(example)).raw.send('421["whoami"]');
  await until(() => !example.alive, 5_000);
});

test('a store of memberships that fails is no "no", and one that hangs is given up', async ({
  startExample,
}) => {
  const has = 'return group === LOBBY || groups.get(group)?.has(userId) === true;';
  for (const instead of ["throw new Error('down');", 'return new Promise(() => {});']) {
    const example = await startExample('rooms', { variant: [[has, instead, 'members.ts']] });
    const ann = await arrive(example);
    expect(await ann.ask('join', { room: 'kitchen' })).toEqual(refusal('AUTH_UNAVAILABLE'));
  }
});

/** How many of 30 events from three tabs of one person, ten from each, are answered. */
async function answeredOverTabs(example: Example): Promise<number> {
  const tabs = [await arrive(example), await arrive(example), await arrive(example)];
  const answers = await Promise.all(
    tabs.flatMap((tab) => Array.from({ length: 10 }, () => tab.ask('whoami'))),
  );
  return answers.filter((answer) => JSON.stringify(answer).includes('"ann"')).length;
}

test('the limit is one for all tabs of a person: of 30 events from three tabs 20 are answered', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  expect(await answeredOverTabs(example)).toBe(20);
  await servesBob(example); // and nobody else's
});

test('a limit for each socket is a limit times the number of tabs', async ({ startExample }) => {
  const variant: Variant = [
    ['budget.consume(socket.data.user.id)', 'budget.consume(socket.id)', 'handle.ts'],
  ];
  expect(await answeredOverTabs(await startExample('rooms', { variant }))).toBe(30);
});

test('who does not stop after 500 events is cut', async ({ startExample }) => {
  const example = await startExample('rooms');
  const ann = await arrive(example);
  await ann.raw.send(...Array.from({ length: 501 }, () => '42["whoami"]'));
  expect(await ann.hears('ended')).toMatchObject([{ code: 'RATE_LIMITED' }]);
  await servesBob(example);
});

const talkative: Variant = [
  ['points: 20, duration: 10', 'points: 5_000, duration: 10', 'handle.ts'],
];
const says = Array.from({ length: 700 }, (_, n) => `42["say",{"text":"message ${n}"}]`);

test('a client that does not read is cut when more than 500 packets wait for it', async ({
  startExample,
}) => {
  const example = await startExample('rooms', { variant: talkative });
  const ann = await openUnread(example.origin, { token: example.sign() });
  const bob = await arrive(example, 'u2');
  await until(
    () => bob.heard('online').some((list) => JSON.stringify(list).includes('ann')),
    5_000,
  );
  await bob.raw.send(...says);
  await until(() => example.log.some(({ code }) => code === 'TOO_SLOW'), 5_000);
  expect(await bob.ask('whoami')).toMatchObject({ name: 'bob' });
  expect(bob.heard('said').length).toBe(700); // who reads gets all of it
  expect(await ann.read()).toBeUndefined();
  await until(() => !JSON.stringify(bob.heard('online').at(-1)).includes('ann'), 5_000);
});

test('without that limit all that a client does not read is kept for it', async ({
  startExample,
}) => {
  const variant: Variant = [...talkative, ['conn.close(true);', '', 'slow.ts']];
  const example = await startExample('rooms', { variant });
  const ann = await openUnread(example.origin, { token: example.sign() });
  const bob = await arrive(example, 'u2');
  await until(
    () => bob.heard('online').some((list) => JSON.stringify(list).includes('ann')),
    5_000,
  );
  await bob.raw.send(...says);
  await until(() => example.log.some(({ code }) => code === 'TOO_SLOW'), 5_000); // only said
  const kept = (await ann.read()) ?? [];
  expect(kept.filter((packet) => packet.startsWith('42["said"')).length).toBe(700);
});
