// Events by themselves: what one packet does to handlers that read well, each in a process of its own.
import { sendTo } from '../support/naive.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** Sends each to a server of its own, two at a time are enough for two cores. */
async function each(name: string, packets: Record<string, string>): Promise<void> {
  for (const [packet, error] of Object.entries(packets)) {
    expect(await sendTo('events', name, packet), packet).toContain(error);
  }
}

test('an event without its payload ends a process that destructures it', async () => {
  await each('naive', {
    '42["say"]': "TypeError: Cannot destructure property 'text' of 'undefined'",
    '421["say",null]': "TypeError: Cannot destructure property 'text' of 'object null'",
  });
});

test('an event without its payload hands the acknowledgement to the handler in its place', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.on('connection', (socket) => {
    socket.on('say', (payload, answer) => payload([typeof payload, typeof answer]));
  });
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.send('421["say"]');
  expect(await raw.next('431')).toBe('431[["function","undefined"]]');
});

test('a payload of the wrong type ends a process that trusts it', async () => {
  await each('naive', { '421["say",{"text":7}]': 'TypeError: text.trim is not a function' });
});

test('an event without an acknowledgement, or with a string in its place, ends a process that calls it', async () => {
  await each('naive', {
    '42["say",{"text":"x"}]': 'TypeError: answer is not a function',
    '42["say",{"text":"x"},"callback"]': 'TypeError: answer is not a function',
  });
});

test('an acknowledgement that stands behind one argument too many ends a process that calls the second', async () => {
  await each('naive', { '421["say",{"text":"x"},1]': 'TypeError: answer is not a function' });
});

test('an async handler that rejects ends the process', async () => {
  await each('naive', {
    '42["find",null]': "TypeError: Cannot destructure property 'id' of 'object null'",
    '421["find",{"id":7}]': 'TypeError: id.toUpperCase is not a function',
  });
});

test('an event called error ends a process whose error listener reads its message', async () => {
  await each('naive', {
    '42["error"]': "TypeError: Cannot read properties of undefined (reading 'message')",
    '42["error",null]': "TypeError: Cannot read properties of null (reading 'message')",
  });
});

test('a try around a promise that nobody awaits catches nothing', async () => {
  await each('triesOnly', {
    '421["find",{"id":7}]': 'TypeError: id.toUpperCase is not a function',
  });
});

test('a client that answers a question with nothing ends a process that reads the answer', async () => {
  await each('asks', {
    '430[]': "TypeError: Cannot destructure property 'name' of 'undefined'",
    '430[{"name":7}]': 'TypeError: name.trim is not a function',
  });
});

test('a client that does not answer in time ends a process that ignores the error', async () => {
  await each('asksInTime', {
    '42["silence"]': "TypeError: Cannot destructure property 'name' of 'undefined'",
  });
});

test('a question with a limit, a schema and a catch survives every answer, and none', async () => {
  for (const packet of ['430[]', '430[null]', '430[{"name":7}]', '42["silence"]', '430["a","b"]']) {
    expect(await sendTo('events', 'asksSafely', packet), packet).toBe('alive');
  }
});

test('a role check on the parent of a pattern meets no user, and ends the process, when the hook is to find the user', async () => {
  const error = await sendTo('namespaces', 'lateTeams', '', '/team-red');
  expect(error).toBe("TypeError: Cannot read properties of undefined (reading 'teams')");
});

test('a client may emit error: a listener of yours gets what the client wrote', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: unknown[] = [];
  io.on('connection', (socket) => {
    socket.on('alive?', (answer) => answer(socket.listenerCount('error')));
    socket.on('error', (error) => heard.push(error));
  });
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.send('42["error",{"message":"written by a client"}]', '421["alive?"]');
  expect(await raw.next('431')).toBe('431[2]'); // one is Socket.IO's own, and does nothing
  expect(heard).toEqual([{ message: 'written by a client' }]);
});

test('an event with a reserved name closes the connection of its sender', async ({
  plainServer,
}) => {
  const { origin } = await plainServer();
  for (const name of ['connect', 'disconnect', 'disconnecting', 'connect_error', 'newListener']) {
    const raw = await openWebSocket(origin);
    await raw.connect();
    await raw.send(`42["${name}","io client disconnect"]`);
    expect(await raw.isClosed(2_000), name).toBe(true);
  }
});
