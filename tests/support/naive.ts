// A server in a process of its own, for handlers of the lessons that a packet may kill.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { until } from './example.ts';
import { startPacked } from './pack.ts';
import { openWebSocket } from './raw.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The program: what a function of a recorded run adds to a bare server, and a client that is answered. */
const program = (run: string, name: string) => `
  import { createServer } from 'node:http';
  import { Server } from 'socket.io';
  import * as run from './tests/content/runs/${run}.ts';
  const http = createServer();
  const io = new Server(http);
  run.${name}(io);
  io.on('connection', (socket) => socket.on('alive?', (answer) => answer('yes')));
  http.listen(0, '127.0.0.1', () => console.log(String(http.address().port)));`;

async function start(run: string, name: string) {
  const inOneFile = await startPacked();
  const args = [...inOneFile.args, '--input-type=module', '-e', program(run, name)];
  const env = { ...process.env, ...inOneFile.env };
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await until(() => out.includes('\n') || ended(child), 15_000);
  if (ended(child)) throw new Error(said);
  return { child, origin: `http://127.0.0.1:${out.trim()}`, said: () => said };
}

const ended = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** Whether another client is let in and answered. */
async function answers(origin: string): Promise<boolean> {
  const other = await openWebSocket(origin);
  await other.connect();
  await other.send('421["alive?"]');
  const answer = await other.next('431');
  other.close();
  return answer !== undefined;
}

/**
 * What a client's packet does to such a server: the error by which its process ends, or `alive` when
 * another client is answered 200 ms after it.
 */
export async function sendTo(
  run: string,
  name: string,
  packet: string,
  namespace = '/',
): Promise<string> {
  const { child, origin, said } = await start(run, name);
  try {
    const raw = await openWebSocket(origin);
    await raw.connect({}, namespace);
    await raw.send(packet);
    await raw.isClosed(200);
    raw.close();
    if (!ended(child) && (await answers(origin).catch(() => false))) return 'alive';
    if (!ended(child)) await once(child, 'exit');
    return /^(?:Uncaught )?(\w*Error: .*)$/m.exec(said())?.[1] ?? said();
  } finally {
    child.kill('SIGKILL');
  }
}
