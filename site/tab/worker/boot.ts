/** The server's end of a run: sets up what Node would give, connects it to the page, and loads server.ts. */
import type { FromWorker, Ready, Run, ToWorker } from '../messages.ts';
import { Buffer } from '../shims/buffer.ts';
import { listening, watch } from '../shims/http.ts';
import type { Socket } from '../shims/net.ts';
import process, { Exit, outside } from '../shims/process.ts';
import { format } from '../shims/util.ts';
import { load, type Modules, prepareFiles, takeFiles } from './loader.ts';

const sockets = new Map<number, Socket>();

/** Loads packages and strips sources, so that a run finds them. What fails will fail again, and be told, in the run. */
export async function prepare({ names, texts }: Ready, modules: Modules): Promise<void> {
  const loading = names.map((name) => import(/* @vite-ignore */ modules[name] ?? ''));
  await prepareFiles(texts, modules);
  await Promise.allSettled(loading);
}

/** Runs a server. `port` leads to the page; `modules` says where the packages are. */
export async function boot(run: Run, port: MessagePort, modules: Modules): Promise<void> {
  const post = (message: FromWorker) => port.postMessage(message);
  connectProcess(run, post);
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => receive(data, post);
  post({ type: 'pong' }); // from here on the page knows that it is not the network that takes so long
  watch.listening = (at) => post({ type: 'listening', port: at });
  try {
    for (const path of [...run.preload, run.entry]) await load(path, modules);
  } catch (error) {
    crash(error);
  }
}

function connectProcess(run: Run, post: (message: FromWorker) => void): void {
  takeFiles(run.files, run.entry);
  process.argv.push(run.entry, ...run.args);
  Object.assign(process.env, run.env);
  outside.write = (stream, text) => post({ type: 'output', stream, text });
  outside.exit = (code) => post({ type: 'exit', code });
  outside.send = (message) => post({ type: 'ipc', message });
  const print =
    (stream: 'stdout' | 'stderr') =>
    (...args: unknown[]) => {
      outside.write(stream, `${Reflect.apply(format, undefined, args)}\n`);
    };
  for (const name of ['log', 'info', 'debug', 'dir', 'table'] as const)
    console[name] = print('stdout');
  for (const name of ['error', 'warn', 'trace'] as const) console[name] = print('stderr');
  self.addEventListener('error', (event) => {
    event.preventDefault();
    crash(event.error ?? new Error(event.message));
  });
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    crash(event.reason);
  });
}

/** What Node does with an error that nobody catches: listeners, else the stack and exit code 1. */
function crash(error: unknown): void {
  if (error instanceof Exit) return;
  if (process.listenerCount('uncaughtException') > 0) {
    process.emit('uncaughtException', error);
    return;
  }
  outside.write('stderr', `${format(error)}\n`);
  outside.exit(1);
}

function receive(message: ToWorker, post: (message: FromWorker) => void): void {
  switch (message.type) {
    case 'ping':
      post({ type: 'pong' });
      break;
    case 'ipc':
      process.emit('message', message.message);
      break;
    case 'signal':
      if (!process.emit(message.name, message.name)) outside.exit(1);
      break;
    case 'data':
      sockets.get(message.id)?.push(Buffer.from(message.bytes));
      break;
    case 'close':
      sockets.get(message.id)?.destroy();
      sockets.delete(message.id);
      break;
    case 'request':
      open(message, post);
  }
}

/** A connection's first and only request; what an upgrade makes of it stays until one end closes. */
function open(
  { id, port, request }: ToWorker & { type: 'request' },
  post: (message: FromWorker) => void,
): void {
  const server = listening.get(port);
  if (!server) {
    post({ type: 'refused', id });
    return;
  }
  let answered = false;
  const peer = {
    bytes: (bytes: Uint8Array) => post({ type: 'data', id, bytes: new Uint8Array(bytes) }),
    closed: () => {
      sockets.delete(id);
      if (!answered) post({ type: 'closed', id });
      answered = true;
    },
  };
  const socket = server.receive(request, peer, (response) => {
    answered = true;
    post({ type: 'response', id, response: { ...response, body: new Uint8Array(response.body) } });
  });
  if (!socket.destroyed) sockets.set(id, socket);
}
