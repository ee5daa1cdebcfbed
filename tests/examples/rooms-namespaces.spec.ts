// rooms: /admin by role, a namespace for each team by membership, and both when that ends.
import { until, type Variant } from '../support/example.ts';
import { arrive, knock } from '../support/people.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const expelBob = ['expel', { group: 'room:kitchen', user: 'u2' }] as const;
const expelAnn = ['expel', { group: 'team:red', user: 'u1' }] as const;
const slowStore: Variant = [
  [
    'return group === LOBBY || groups.get(group)?.has(userId) === true;',
    `const answer = groups.get(group)?.has(userId) === true;
     await new Promise((resolve) => setTimeout(resolve, 400));
     return answer;`,
    'members.ts',
  ],
];

test('without its role check /admin obeys every member', async ({ startExample }) => {
  const variant: Variant = [
    ["socket.data.user.role === 'admin' ? next() : turnAway(socket, next)", 'void socket, next()'],
    [
      "if (admin?.role !== 'admin' || admin.disabled) throw new Refusal('FORBIDDEN');",
      '',
      'rooms.ts',
    ],
    [
      'const admin = await within(3_000, users.findById(id));',
      'void [within, users, id];',
      'rooms.ts',
    ],
  ];
  const example = await startExample('rooms', { variant });
  const ann = await arrive(example, 'u1', '/admin');
  expect(await ann.ask(...expelBob)).toEqual({ ok: true });
});

test("a team's namespace lets its members in, and refuses a team that is not there like another's", async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  expect((await knock(example, 'u1', '/team-red')).answer.kind).toBe('connected');
  const { answer } = await knock(example, 'u2', '/team-red');
  expect(answer).toMatchObject({ kind: 'refused', code: 'FORBIDDEN' });
  expect((await knock(example, 'u2', '/team-nowhere')).answer).toEqual(answer);
});

test("a team's namespace asks for a token first", async ({ startExample }) => {
  const example = await startExample('rooms');
  for (const name of ['/team-red', '/team-nowhere', '/team-', '/x/team-red']) {
    const raw = await openWebSocket(example.origin);
    expect(await raw.connect({}, name), name).toMatchObject({ code: 'TOKEN_MISSING' });
    expect(await raw.isClosed(500)).toBe(true);
  }
});

test('without the guard on its parent, one CONNECT to a team ends the process', async ({
  startExample,
}) => {
  const example = await startExample('rooms', { variant: [['guard(teams);', '']] });
  const raw = await openWebSocket(example.origin);
  await raw.send('40/team-red,');
  await until(() => !example.alive, 5_000);
  expect(example.errors.join()).toContain("reading 'id'");
});

test('without a check on the parent every signed-in user is in every team', async ({
  startExample,
}) => {
  const variant: Variant = [
    ['mustBelong(teamOf(socket), socket.data.user.id)', "mustBelong('room:lobby', 'u1')"],
  ];
  const example = await startExample('rooms', { variant });
  expect((await knock(example, 'u2', '/team-red')).answer.kind).toBe('connected');
});

test('a membership that ends cuts the socket in the namespace of the team, and no other', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const inTeam = await arrive(example, 'u1', '/team-red');
  const inMain = await arrive(example);
  const root = await arrive(example, 'u3', '/admin');
  expect(await root.ask(...expelAnn)).toEqual({ ok: true });
  expect(await inTeam.hears('ended')).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect(await inMain.ask('whoami')).toMatchObject({ name: 'ann' });
});

test('a team that is checked at the door alone keeps a former member', async ({ startExample }) => {
  const variant: Variant = [["if (!group.startsWith('team:')) return;", 'return void group;']];
  const example = await startExample('rooms', { variant });
  const inTeam = await arrive(example, 'u1', '/team-red');
  await (await arrive(example, 'u3', '/admin')).ask(...expelAnn);
  expect(await inTeam.ask('whoami')).toMatchObject({ name: 'ann' });
});

test('a membership of a team that ends unannounced is noticed at the next look', async ({
  startExample,
}) => {
  const variant: Variant = [["if (was) this.emit('lost', group, userId);", '', 'members.ts']];
  const example = await startExample('rooms', { variant, env: { RECHECK_SECONDS: '1' } });
  const inTeam = await arrive(example, 'u1', '/team-red');
  await (await arrive(example, 'u3', '/admin')).ask(...expelAnn);
  expect(await inTeam.hears('ended')).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('a membership that ends while the door of a team asks lets nobody in', async ({
  startExample,
}) => {
  const example = await startExample('rooms', { variant: slowStore });
  const root = await arrive(example, 'u3', '/admin');
  const raw = await openWebSocket(example.origin);
  const lookedUp = example.lookup('u1');
  const answer = raw.connect({ token: example.sign() }, '/team-red');
  await lookedUp;
  await root.ask(...expelAnn);
  expect(await answer).toMatchObject({ code: 'FORBIDDEN' });
});

/** How often one connection gets into a team, with two CONNECTs while the store is asked. */
async function entries(example: Parameters<typeof arrive>[0]): Promise<number> {
  const raw = await openWebSocket(example.origin);
  const packet = `40/team-red,${JSON.stringify({ token: example.sign() })}`;
  const lookedUp = example.lookup('u1');
  await raw.send(packet);
  await lookedUp; // what follows is asked before the server reads on: whether she is in the team
  await raw.send(packet);
  await raw.isClosed(1_000);
  return raw.packets.filter((each) => each.startsWith('40/team-red')).length;
}

test('a team is joined once, however often CONNECT is sent while the store is asked', async ({
  startExample,
}) => {
  expect(await entries(await startExample('rooms', { variant: slowStore }))).toBe(0);
});

test('a check that nobody counts lets one connection into a team twice', async ({
  startExample,
}) => {
  const variant: Variant = [...slowStore, ['?.pending.add(socket.nsp.name);', '?.pending;']];
  expect(await entries(await startExample('rooms', { variant }))).toBe(2);
});
