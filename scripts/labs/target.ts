// A lab's server in a process of its own, as its exploits see it.
import { spawn } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { Running } from '../../examples/labs/lib/attack.ts';
import type { Answer, Target } from '../../examples/labs/lib/lab.ts';
import {
  type Line,
  type OpenOptions,
  openPolling,
  pathOf,
  Raw,
  Refused,
} from '../../examples/labs/lib/raw.ts';

const START = 10_000;

export interface StartOptions {
  env?: Record<string, string>;
  /** What Node is given before the file, such as `--import`. */
  nodeArgs?: readonly string[];
}

/** Starts a server on a free port; resolves when it listens. Throws with what it said when it ends before that. */
export async function startServer(
  file: string,
  { env = {}, nodeArgs = [] }: StartOptions = {},
): Promise<Running> {
  const printed: string[] = [];
  const errors: string[] = [];
  const child = spawn(process.execPath, [...nodeArgs, file, '--port', '0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const alive = () => child.exitCode === null && child.signalCode === null;
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = async () => {
    if (alive()) child.kill('SIGKILL');
    await gone;
  };
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const origin = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it does not start')), START);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
      else printed.push(line);
    });
    child.once('error', reject);
    void gone.then(() => reject(new Error(errors.join('\n') || 'it ended before it listened')));
    child.once('close', () => clearTimeout(timer));
    child.stdout.once('data', () => clearTimeout(timer));
  }).catch(async (error: Error) => {
    await end();
    throw error;
  });
  return { target: targetAt(origin, { alive, printed: () => printed }), errors, end };
}

/** What an exploit may do to the server at an origin. */
export function targetAt(origin: string, state: Pick<Target, 'alive' | 'printed'>): Target {
  const target: Target = {
    ...{ ...state, origin },
    request: (path, { method = 'GET', headers = {}, body = '' } = {}) =>
      send(`${origin}${path}`, method, headers, body),
    open: (options = {}) =>
      options.transport === 'polling' ? openPolling(target, options) : openSocket(target, options),
  };
  return target;
}

/** By hand, because `fetch` does not send every header: `Origin`, `Host`, `Cookie` are the attacker's to choose. */
function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const req = httpRequest(url, { method, headers: body ? { ...headers, ...length } : headers });
    req.once('error', reject).once('response', (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.once('end', () => {
        const fields = Object.entries(res.headers).map(([name, value = '']): [string, string] => [
          name,
          Array.isArray(value) ? value.join('\n') : value,
        ]);
        resolve({
          status: res.statusCode ?? 0,
          headers: Object.fromEntries(fields),
          body: Buffer.concat(chunks).toString(),
        });
      });
      res.once('error', reject);
    });
    req.end(body);
  });
}

function openSocket({ origin }: Target, { headers, query }: OpenOptions): Promise<Raw> {
  const url = `${origin.replace('http', 'ws')}${pathOf('websocket', query)}`;
  const socket = new WebSocket(url, { headers: headers ?? {}, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    let raw: Raw | undefined;
    const line: Line = {
      send: async (packets) => {
        for (const packet of packets) socket.send(packet);
      },
      close: () => socket.terminate(),
    };
    socket.on('message', (data) => {
      const text = String(data);
      if (raw) raw.packet(text);
      else {
        raw = new Raw(JSON.parse(text.slice(1)).sid).over(line);
        resolve(raw);
      }
    });
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
      reject(new Refused(statusCode));
      socket.terminate();
    });
    socket.on('error', () => reject(new Refused(0)));
    socket.on('close', () => {
      raw?.closed();
      reject(new Refused(0));
    });
  });
}
