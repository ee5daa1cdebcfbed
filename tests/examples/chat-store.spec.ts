// The chat's two databases meet the same tests: what stands on them may not know which one it is.
import type { SessionData } from 'express-session';
import { Accounts } from '../../examples/chat/accounts.ts';
import { type Database, openDatabase } from '../../examples/chat/database.ts';
import { Logins } from '../../examples/chat/logins.ts';
import { Messages } from '../../examples/chat/messages.ts';
import { Rooms } from '../../examples/chat/rooms.ts';
import { SessionStore } from '../../examples/chat/session-store.ts';
import { Postgres } from '../support/postgres.ts';
import { expect, test } from '../support/test.ts';

const HASH = 'scrypt$1$1$1$$'; // nobody signs in here
const person = (id: string) => ({ id, name: id, role: 'member', disabled: false }) as const;

for (const kind of ['SQLite', 'PostgreSQL'] as const) {
  test.describe(kind, () => {
    test.describe.configure({ mode: 'default' }); // one after the other, with one server
    let postgres: Postgres | undefined;
    let database: Database;
    let accounts: Accounts;
    let rooms: Rooms;
    let messages: Messages;

    test.beforeAll(async () => {
      if (kind === 'PostgreSQL') postgres = await Postgres.start();
    });
    test.afterAll(() => postgres?.stop());
    test.beforeEach(async () => {
      database = await openDatabase(await postgres?.fresh(), ':memory:');
      accounts = new Accounts(database);
      rooms = new Rooms(database);
      messages = new Messages(database);
      for (const id of ['ann', 'bob']) await accounts.add(person(id), HASH);
    });
    test.afterEach(() => database.close());

    test('of two sign-ups with one name at the same moment, one is made', async () => {
      const all = ['Cleo', 'cleo', 'CLEO'].map((name) => accounts.create(name, 'a long password'));
      const made = (await Promise.all(all)).filter((user) => user !== undefined);
      expect(made).toEqual([
        { id: expect.any(String), name: 'cleo', role: 'member', disabled: false },
      ]);
      expect(await accounts.list()).toHaveLength(3);
      expect((await accounts.list('bob')).map(({ name }) => name)).toEqual(['cleo']);
      expect(await rooms.of(made[0]?.id ?? '')).toEqual([
        { id: 'lobby', name: 'Lobby', owner: null },
      ]);
    });

    test('an account shows no password hash, and a disabled one verifies no password', async () => {
      const user = await accounts.create('cleo', 'a long password');
      expect(JSON.stringify([user, await accounts.list()])).not.toContain('scrypt');
      expect(await accounts.verify('Cleo', 'a long password')).toEqual(user);
      expect(await accounts.verify('cleo', 'A long password')).toBeUndefined();
      const gone: string[] = [];
      accounts.on('gone', (id) => gone.push(id));
      await accounts.disable(user?.id ?? '');
      expect(gone).toEqual([user?.id]);
      expect(await accounts.verify('cleo', 'a long password')).toBeUndefined();
      expect((await accounts.findByName('cleo'))?.disabled).toBe(true);
      await accounts.enable(user?.id ?? '');
      expect(await accounts.verify('cleo', 'a long password')).toEqual(user);
    });

    test('a message is kept once, in order, and for members alone', async () => {
      const ann = { id: 'ann', name: 'ann' };
      const room = await rooms.create('ann', 'A room');
      const id = room?.id ?? '';
      const kept = await messages.keep(id, ann, 'mark-1', "it's $1; -- 😀");
      expect(kept).toMatchObject({ fresh: true, message: { text: "it's $1; -- 😀" } });
      expect(await messages.keep(id, ann, 'mark-1', 'other')).toEqual({ ...kept, fresh: false });
      expect(await messages.keep(id, { id: 'bob', name: 'bob' }, 'mark-2', 'x')).toBeUndefined();
      expect(await messages.keep('nowhere', ann, 'mark-3', 'x')).toBeUndefined();
      expect(await messages.before(id, 'bob')).toEqual({ messages: [], more: false });
      const both = [1, 2].map(() => messages.keep(id, ann, 'mark-4', 'at once'));
      const fresh = (await Promise.all(both)).map((each) => each?.fresh);
      expect(fresh.sort()).toEqual([false, true]);
      const { messages: all } = await messages.before(id, 'ann');
      expect(all.map(({ text }) => text)).toEqual(["it's $1; -- 😀", 'at once']);
      expect(typeof all[0]?.seq).toBe('number');
      expect(typeof all[0]?.at).toBe('number');
    });

    test('the pages of the history have no gap and no double', async () => {
      const ann = { id: 'ann', name: 'ann' };
      for (let n = 1; n <= 101; n += 1) await messages.keep('lobby', ann, `mark-${n}`, `${n}`);
      const last = await messages.before('lobby', 'bob');
      const middle = await messages.before('lobby', 'bob', last.messages[0]?.seq);
      const first = await messages.before('lobby', 'bob', middle.messages[0]?.seq);
      const pages = [first, middle, last];
      expect(pages.map(({ more }) => more)).toEqual([false, true, true]);
      expect(pages.flatMap((page) => page.messages.map(({ text }) => Number(text)))).toEqual(
        Array.from({ length: 101 }, (_, n) => n + 1),
      );
    });

    test('a room passes to the next member, and ends with the last one', async () => {
      const { id = '' } = (await rooms.create('ann', 'A room')) ?? {};
      await rooms.add(id, 'bob');
      await rooms.add(id, 'bob'); // twice is once
      expect((await rooms.members(id)).map(({ name }) => name)).toEqual(['ann', 'bob']);
      await messages.keep(id, person('ann'), 'mark-1', 'x');
      await rooms.remove(id, 'ann');
      expect(await rooms.ofMember(id, 'ann')).toBeUndefined();
      expect(await rooms.ofMember(id, 'bob')).toMatchObject({ owner: 'bob' });
      await rooms.remove(id, 'bob');
      await rooms.add(id, 'bob');
      expect(await rooms.ofMember(id, 'bob'), 'there is no such room').toBeUndefined();
      expect(await database.query('SELECT seq FROM messages')).toEqual([]);
      for (const name of ['ann', 'bob']) await rooms.remove('lobby', name);
      expect(await database.query('SELECT id FROM rooms'), 'the lobby stays').toHaveLength(1);
    });

    test('of two refreshes with one token, one gets the next and the other burns the login', async () => {
      const logins = new Logins(database);
      const { id, refresh } = await logins.begin('ann');
      expect(await logins.find(id)).toMatchObject({ account: 'ann' });
      const both = await Promise.all([logins.rotate(refresh), logins.rotate(refresh)]);
      expect(both).toContainEqual({ burned: id, account: 'ann' });
      expect(both).toContainEqual({ id, account: 'ann', refresh: expect.any(String) });
      expect(await logins.find(id)).toBeUndefined();
      expect(await logins.rotate(refresh), 'burned once').toBeUndefined();
      for (const text of ['', '.', 'x', `${id}`, `${id}.`, "'.'", 'a.b.c']) {
        expect(await logins.rotate(text), text).toBeUndefined();
      }
      const rows = JSON.stringify(await database.query('SELECT * FROM logins'));
      expect(rows).not.toContain(refresh.split('.')[1]);
    });

    test('a session is stored under another id than its cookie has, and a dead one stays dead', async () => {
      const store = new SessionStore(database);
      const cookie = { originalMaxAge: 1_000, expires: new Date(Date.now() + 60_000) };
      const data = { cookie, user: 'ann' } as unknown as SessionData;
      const run = (work: (done: (error?: unknown, value?: unknown) => void) => void) =>
        new Promise((resolve, reject) => {
          work((error, value) => (error ? reject(error) : resolve(value)));
        });
      const get = () => run((done) => store.get('the-sid', done));
      await run((done) => store.set('the-sid', data, done));
      expect(await get()).toMatchObject({ user: 'ann' });
      expect(JSON.stringify(await database.query('SELECT * FROM sessions'))).not.toContain(
        'the-sid',
      );
      cookie.expires = new Date(Date.now() + 120_000);
      await run((done) => store.touch('the-sid', data, done));
      expect(((await get()) as SessionData).cookie.expires).toEqual(cookie.expires);
      cookie.expires = new Date(Date.now() - 1);
      await run((done) => store.touch('the-sid', data, done));
      expect(await get(), 'past its end').toBeNull();
      await store.sweep();
      expect(await database.query('SELECT id FROM sessions')).toEqual([]);
      await run((done) => store.set('the-sid', data, done));
      await run((done) => store.destroy('the-sid', done));
      cookie.expires = new Date(Date.now() + 60_000);
      await run((done) => store.touch('the-sid', data, done));
      expect(await get(), 'touched after its end').toBeNull();
    });

    test('of statements that belong together all are run, or none', async () => {
      const add = "INSERT INTO rooms (id, name) VALUES ($1, 'x')";
      await expect(database.together([add, 'one'], [add, 'lobby'])).rejects.toThrow();
      expect(await database.query('SELECT id FROM rooms WHERE id = $1', 'one')).toEqual([]);
      await database.together([add, 'one'], [add, 'two']);
      expect(await database.query('SELECT id FROM rooms')).toHaveLength(3);
    });

    test('opening a database that has its tables changes nothing in it', async () => {
      const before = await accounts.list();
      const { tables } = await import('../../examples/chat/tables.ts');
      const serial = kind === 'SQLite' ? 'integer' : 'bigint GENERATED ALWAYS AS IDENTITY';
      for (const table of tables(serial)) await database.query(table);
      expect(await accounts.list()).toEqual(before);
    });
  });
}
