// How the chat ends when it is asked to, and what it says of itself to who asks.
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { come, logInForTokens, steered } from '../support/chat.ts';
import { history, speakUntilTheEnd, unlimited } from '../support/chat-speech.ts';
import { type Example, until, type Variant } from '../support/example.ts';
import { get, PASSWORD, post } from '../support/http.ts';
import { expect, test } from '../support/test.ts';

const file = () => join(test.info().outputPath(), 'chat.db');

/** A client as a page has it, which comes back by itself. */
async function client(origin: string) {
  const socket = io(origin, {
    ...{ auth: await logInForTokens(origin), transports: ['websocket'], forceNew: true },
    reconnectionDelay: 50,
  });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  return socket;
}

test('a restart tells every client, ends with 0 in under 2 s, and loses no message', async ({
  startExample,
}) => {
  const env = { DATABASE_FILE: file() };
  const first = await startExample('chat', { env, variant: unlimited });
  const socket = await client(first.origin);
  const heard: string[] = [];
  socket.on('ended', ({ code }) => heard.push(code));
  socket.on('disconnect', (reason) => heard.push(reason));
  const ann = await come(first.origin);
  const speaking = speakUntilTheEnd(ann, 1);
  await until(() => ann.raw.packets.length > 50, 10_000);
  const start = performance.now();
  expect(await first.stop('SIGTERM')).toBe(0);
  expect(performance.now() - start).toBeLessThan(2_000);
  const acknowledged = await speaking;
  await until(() => heard.length === 2, 1_000);
  expect(heard).toEqual(['GOING_AWAY', 'transport close']);
  expect(socket.active, 'it comes back by itself').toBe(true);
  expect(first.errors.filter((line) => !line.includes('logins end'))).toEqual([]);

  const port = new URL(first.origin).port;
  const second = await startExample('chat', { env, args: ['--port', port] });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  const kept = await history(await come(second.origin));
  expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([]);
  socket.close();
});

const slowly: Variant[number] = [
  'const kept = await messages.keep(',
  `await new Promise((resolve) => setTimeout(resolve, 300));
   const kept = await messages.keep(`,
  'chat.ts',
];

/** Ann speaks, and the server is stopped while it works on that. Gives whether she is answered. */
async function stopMeanwhile(example: Example): Promise<boolean> {
  const ann = await come(example.origin);
  const answer = ann.ask('say', { text: 'just in time' }).catch(() => undefined);
  await ann.ask('whoami'); // the first one is on its way by now
  expect(await example.stop('SIGTERM')).toBe(0);
  return (await answer)?.ok === true;
}

test('an event that is being worked on when the chat stops is answered first', async ({
  startExample,
}) => {
  expect(await stopMeanwhile(await startExample('chat', { variant: [slowly] }))).toBe(true);
});

test('a chat that stops without waiting leaves a message unanswered', async ({ startExample }) => {
  const variant: Variant = [slowly, ['Promise.race([finishEvents(), wait(500)])', '0', 'stop.ts']];
  expect(await stopMeanwhile(await startExample('chat', { variant }))).toBe(false);
});

test('health says that the process lives, readiness that the database answers', async ({
  startExample,
}) => {
  const example = await startExample('chat');
  const ask = async (path: string) => (await get(`${example.origin}${path}`)).status;
  expect([await ask('/health'), await ask('/ready')]).toEqual([200, 200]);
  const broken: Variant = [["'SELECT 1 AS one'", "'SELECT one FROM nowhere'", 'health.ts']];
  const ill: Example = await startExample('chat', { variant: broken });
  expect((await get(`${ill.origin}/health`)).status).toBe(200);
  expect((await get(`${ill.origin}/ready`)).status).toBe(503);
});

test('a request that is being answered when the chat stops gets its answer', async ({
  startExample,
}) => {
  const slow: Variant = [
    [
      'async verify(name: string, password: string)',
      `async verify(name: string, password: string): Promise<User | undefined> {
         await new Promise((resolve) => setTimeout(resolve, 300));
         return this.verifyNow(name, password);
       }
       async verifyNow(name: string, password: string)`,
      'accounts.ts',
    ],
  ];
  const example = await startExample('chat', { ...steered, variant: slow });
  const login = post(`${example.origin}/login`, {
    username: 'bob',
    password: PASSWORD,
  });
  await expect.poll(() => example.steer({ do: 'urls' })).toEqual(['/login']); // it has arrived
  const stopped = example.stop('SIGTERM');
  expect((await login).status).toBe(204);
  expect(await stopped).toBe(0);
});
