// node:process: what a server asks of its process, and the way to end it.
import Emitter from 'events';
import { absolute, files, root } from './files.ts';

/** Thrown by `process.exit`, so that nothing runs on after it. */
export class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`process.exit(${code})`);
    this.name = 'Exit';
    this.code = code;
  }
}

/** What the worker does when the process ends, and with what it sends to its parent. */
export const outside = {
  exit: (_code: number): void => {},
  send: (_message: unknown): void => {},
  write: (_stream: 'stdout' | 'stderr', _text: string): void => {},
};

const stream = (name: 'stdout' | 'stderr') => ({
  isTTY: false,
  fd: name === 'stdout' ? 1 : 2,
  write(text: string) {
    outside.write(name, String(text));
    return true;
  },
});

/** `KEY=value` lines; quotes go, and `#` begins a comment. What is set already stays. */
function loadEnvFile(path = '.env'): void {
  const text = files.get(absolute(path));
  if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  for (const line of text.split(/\r?\n/)) {
    const [, key, quoted, plain = ''] =
      /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(?:(["'`].*["'`])|([^#]*))/.exec(line) ?? [];
    if (key) shim.env[key] ??= (quoted ? quoted.slice(1, -1) : plain).trim();
  }
}

class Process extends Emitter {
  readonly title = 'node';
  readonly platform = 'linux';
  readonly arch = 'x64';
  readonly pid = 1;
  readonly version = 'v24.0.0';
  readonly versions = { node: '24.0.0', v8: '' };
  readonly release = { name: 'node' };
  readonly argv: string[] = ['node'];
  readonly execArgv: string[] = [];
  readonly execPath = 'node';
  readonly env: Record<string, string> = {};
  readonly stdout = stream('stdout');
  readonly stderr = stream('stderr');
  readonly channel = { ref() {}, unref() {} };
  readonly connected = true;
  exitCode: number | undefined;
  readonly loadEnvFile = loadEnvFile;
  readonly cwd = () => root;
  readonly umask = () => 0o22;
  readonly uptime = () => performance.now() / 1000;
  readonly memoryUsage = () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0 });
  readonly nextTick = (work: (...args: unknown[]) => void, ...args: unknown[]) =>
    queueMicrotask(() => work(...args));
  readonly hrtime = Object.assign(
    (since: [number, number] = [0, 0]): [number, number] => {
      const now = performance.now();
      const nanoseconds = Math.round((now % 1000) * 1e6) - since[1];
      const seconds = Math.floor(now / 1000) - since[0];
      return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1e9] : [seconds, nanoseconds];
    },
    { bigint: () => BigInt(Math.round(performance.now() * 1e6)) },
  );
  readonly exit = (code?: number): never => {
    const last = Number(code ?? this.exitCode ?? 0);
    this.emit('exit', last);
    outside.exit(last);
    throw new Exit(last);
  };
  readonly send = (message: unknown) => {
    outside.send(message);
    return true;
  };
  readonly emitWarning = (warning: unknown) => {
    outside.write('stderr', `(node:1) Warning: ${warning}\n`);
  };
}

const shim = new Process();
export default shim;
export const { argv, cwd, emitWarning, env, execPath, exit, hrtime, loadEnvFile: load } = shim;
export const { memoryUsage, nextTick, pid, platform, stderr, stdout, uptime, version } = shim;
export { loadEnvFile };
