// What a connection costs in memory: a thousand of them, signed in and having sent one event each.
import { WebSocket } from 'ws';
import { startForMemory } from './event-servers.ts';

const CONNECTIONS = 1_000;

/** One connection that has been answered once; it stays open. */
async function connect(origin: string, token: string, compress: boolean): Promise<WebSocket> {
  const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { perMessageDeflate: compress ? { threshold: 0 } : false });
  const answered = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
      else if (text.startsWith('40')) socket.send('421["whoami"]');
      else if (text.startsWith('431')) resolve();
      else if (text === '2') socket.send('3');
    });
  });
  await answered;
  return socket;
}

/** Bytes of the server's memory for each connection, in kB. */
export async function memoryOfConnection(compress: boolean): Promise<number> {
  const example = await startForMemory(compress).ready();
  const open: WebSocket[] = [];
  const more = async (count: number) => {
    for (let n = 0; n < count; n += 1)
      open.push(await connect(example.origin, example.sign(), compress));
    return Number(await example.ask({ memory: true }));
  };
  try {
    const before = await more(100); // what the first ones need once stands no more to their account
    const after = await more(CONNECTIONS);
    return Math.round((after - before) / CONNECTIONS / 1000);
  } finally {
    await example.stop();
    for (const socket of open) socket.terminate();
  }
}
