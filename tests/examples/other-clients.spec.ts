// Clients that are no page: the commands of their lesson, and what a server sees of such a client.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { io as connect } from 'socket.io-client';
import { WebSocket } from 'ws';
import { commandsOf, isPrinted, shell } from '../support/commands.ts';
import { until } from '../support/example.ts';
import { logIn, logInForCookie } from '../support/http.ts';
import { once } from '../support/plain.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

const lesson = 'content/docs/7-ship/other-clients.mdx';
const noCurl = spawnSync('curl', ['--version']).status !== 0 || process.platform === 'win32';

test('each command of the lesson prints what stands below it', async ({ startExample }) => {
  test.skip(noCurl, 'the commands of this lesson need curl and sh');
  const field = await startExample('auth-field');
  const cookie = await startExample('jwt-cookie');
  const blocks = commandsOf(lesson);
  expect(blocks.length).toBeGreaterThan(3);
  for (const { commands, prints } of blocks) {
    const lines: string[] = [];
    for (const command of commands) {
      const here = command
        .replaceAll('http://localhost:3001', field.origin)
        .replaceAll('http://localhost:3002', cookie.origin);
      expect(here, 'a command that meets a server of the test').not.toBe(command);
      const printed = await shell(here);
      lines.push(
        ...printed
          .trimEnd()
          .split('\n')
          .filter((line) => !line.startsWith('> ')),
      );
    }
    expect(lines.length, `${commands}: ${lines.join('\n')}`).toBe(prints.length);
    for (const [index, shown] of prints.entries()) {
      expect(isPrinted(lines[index]?.trimEnd() ?? '', shown), `${lines[index]} is ${shown}`).toBe(
        true,
      );
    }
  }
});

test('two frames typed into a bare WebSocket sign in and ask who one is', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  const raw = await openWebSocket(origin);
  await raw.send(`40{"token":"${await logIn(origin)}"}`);
  expect(await raw.next('40')).toMatch(/^40\{"sid":"[\w-]{20}"\}$/);
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toBe('431[{"id":"u1","name":"ann","role":"member"}]');
});

test('a client by hand that leaves a ping without an answer is closed', async ({ plainServer }) => {
  const { io, origin } = await plainServer({ pingInterval: 200, pingTimeout: 200 });
  const reasons: string[] = [];
  io.on('connection', (socket) => socket.on('disconnect', (reason) => reasons.push(reason)));
  const socket = new WebSocket(
    `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
  );
  const heard: string[] = [];
  socket.on('message', (data) => {
    heard.push(String(data));
    if (heard.length === 1) socket.send('40'); // and never a 3
  });
  await new Promise((resolve) => socket.on('close', resolve));
  expect(heard.at(-1)).toBe('2');
  await until(() => reasons.length > 0, 1_000);
  expect(reasons).toEqual(['ping timeout']);
});

test('a client without an Origin is let in, and the one of a web view has to be listed', async ({
  startExample,
}) => {
  const { origin } = await startExample('auth-field');
  const auth = { token: await logIn(origin) };
  expect(await answerTo(origin, { auth })).toBe('connected');
  const headers = { Origin: 'capacitor://localhost' };
  await expect(answerTo(origin, { auth, headers })).rejects.toThrow('400');
  const env = { ORIGINS: 'https://chat.example, capacitor://localhost' };
  const listed = await startExample('auth-field', { env });
  const mine = { token: await logIn(listed.origin) };
  expect(await answerTo(listed.origin, { auth: mine, headers })).toBe('connected');
});

test('a script that names the own origin passes the Origin check, and is asked for a token', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  expect(await answerTo(origin, { headers: { Origin: origin } })).toBe('TOKEN_MISSING');
});

test('a header that only the app knows lets in whoever copies it', async ({ plainServer }) => {
  const { origin } = await plainServer({
    allowRequest: ({ headers }, answer) => answer(null, headers['x-app-key'] === 'k9-mobile-2026'),
  });
  await expect(answerTo(origin, {})).rejects.toThrow('400');
  expect(await answerTo(origin, { headers: { 'X-App-Key': 'k9-mobile-2026' } })).toBe('connected');
});

test('a client in Node knows nothing of the cookies that fetch was given', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('jwt-cookie');
  const Cookie = await logInForCookie(origin);
  for (const options of [{}, { withCredentials: true }]) {
    const client = connect(origin, { ...options, forceNew: true });
    const [error] = await once(client, 'connect_error');
    expect(error.data.code).toBe('TOKEN_MISSING');
    client.close();
  }
  const client = connect(origin, { extraHeaders: { Cookie }, forceNew: true });
  await once(client, 'connect');
  client.close();
});

test('with withCredentials a client in Node keeps the cookies that the engine sets', async ({
  plainServer,
}) => {
  for (const withCredentials of [true, false]) {
    const { io, origin } = await plainServer();
    io.engine.on('initial_headers', (headers: Record<string, string>) => {
      headers['set-cookie'] = 'node=a; Path=/';
    });
    const seen: (string | undefined)[] = [];
    io.engine.use((req: { headers: { cookie?: string } }, _res: unknown, next: () => void) => {
      seen.push(req.headers.cookie);
      next();
    });
    const client = connect(origin, { withCredentials, transports: ['polling'], forceNew: true });
    await once(client, 'connect');
    client.close();
    expect(seen[0]).toBe(undefined);
    expect(seen.slice(1).includes('node=a')).toBe(withCredentials);
  }
});

test('a client in Node that reconnects sends the Cookie that it was made with', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const seen: (string | undefined)[] = [];
  io.use(({ handshake }, next) => {
    seen.push(handshake.headers.cookie);
    next();
  });
  let Cookie = 'token=first';
  const client = connect(origin, {
    extraHeaders: { Cookie },
    forceNew: true,
    reconnectionDelay: 10,
  });
  await once(client, 'connect');
  Cookie = 'token=second'; // signed in anew
  client.io.engine.close();
  await once(client, 'connect');
  client.close();
  expect([seen, Cookie]).toEqual([['token=first', 'token=first'], 'token=second']);
});

test('an auth function that rejects ends a client in Node, and one that is caught says why', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  const run = (edits: string[][]) =>
    spawnSync(
      process.execPath,
      ['--import', './tests/support/vary.ts', 'examples/auth-field/node.ts', origin],
      {
        env: { ...process.env, HANDSHAKE_VARIANT: JSON.stringify(edits) },
        encoding: 'utf8',
        timeout: 20_000,
      },
    );
  const wrong = ["'correct horse battery staple'", "'wrong'", 'node.ts'];
  const caught = run([wrong]);
  expect([caught.status, caught.stderr]).toEqual([1, 'login: 401\n']);
  const uncaught = run([wrong, ['(error) => stop(error.message)', 'undefined', 'node.ts']]);
  expect(uncaught.status).toBe(1);
  expect(uncaught.stderr).toContain('Error: login: 401\n    at signIn');
});
