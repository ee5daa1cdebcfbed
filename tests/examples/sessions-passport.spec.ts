// What Passport does for a socket, and what it leaves to you.
import { passportFor, withoutCheck } from '../content/runs/passport.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { logIn, whoami, withPassport } from './passport-app.ts';
import { cookieOf } from './session-app.ts';

test('passport.session() puts the user on socket.request, and initialize() is not needed', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  withPassport(plain);
  const headers = cookieOf(await logIn(plain.origin));
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(plain.origin, headers);
    expect(await whoami(raw)).toBe('431[{"id":"u1","name":"ann"}]');
    raw.close();
  }
});

test('passport.session() refuses nobody: without a session, or with a user who is gone, a socket connects', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { users } = withPassport(plain);
  const headers = cookieOf(await logIn(plain.origin));
  users.clear();
  for (const sent of [{}, headers]) {
    const raw = await openWebSocket(plain.origin, sent);
    expect(await whoami(raw)).toBe('431[null]');
    plain.io.emit('said', 'for members only');
    expect(await raw.next('42')).toBe('42["said","for members only"]');
    raw.close();
  }
});

test('a user who is gone is taken out of the stored session by a request that looked', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { users, store } = withPassport(plain);
  const headers = cookieOf(await logIn(plain.origin));
  expect(Object.values(store.rows)).toMatchObject([{ passport: { user: 'u1' } }]);
  users.clear();
  await fetch(`${plain.origin}/me`, { headers });
  expect(Object.values(store.rows)).toMatchObject([{ passport: {} }]);
  expect(Object.values(store.rows)[0]?.passport).toEqual({});
});

test("Passport keeps the user's id in session.passport.user, and nothing else of the user", async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { store } = withPassport(plain);
  await logIn(plain.origin);
  expect(Object.values(store.rows)).toMatchObject([{ passport: { user: 'u1' } }]);
  expect(JSON.stringify(store.rows)).not.toContain('ann');
});

test('passport.session() in front of the session fails every handshake', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const passport = passportFor(new Map());
  withoutCheck(plain.io, passport.session(), passport);
  const response = await fetch(`${plain.origin}/socket.io/?EIO=4&transport=polling`);
  expect(response.status).toBe(400);
});

test('deserializeUser means nobody by null or false; undefined is an error', async ({
  plainServer,
}) => {
  const statuses: unknown[] = [];
  for (const nobody of [null, false, undefined]) {
    const plain = await plainServer();
    withPassport(plain, (passport) => {
      Reflect.set(passport, '_deserializers', []);
      passport.deserializeUser((_id, done) => done(null, nobody));
    });
    const headers = cookieOf(await logIn(plain.origin));
    const poll = await fetch(`${plain.origin}/socket.io/?EIO=4&transport=polling`, { headers });
    statuses.push([nobody, poll.status]);
  }
  expect(statuses).toEqual([
    [null, 200],
    [false, 200],
    [undefined, 400],
  ]);
});
