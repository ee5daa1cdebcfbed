/** A lab's server in the tab, from its start to its end. */
import type { Running } from '../../examples/labs/lib/attack.ts';
import type { Run } from '../tab/messages.ts';
import type { Runtime } from '../tab/runtime.ts';
import { TabServer } from '../tab/TabServer.ts';
import type { WireEvent } from '../tab/wire.ts';
import { tabTarget } from './target.ts';

interface Options {
  runtime: Runtime;
  files: Run['files'];
  entry: string;
  env: Record<string, string>;
  /** Hears what goes over the wire, and what the server prints. */
  watch: (event: WireEvent) => void;
  print: (text: string, stream: 'stdout' | 'stderr') => void;
}

/** Starts a server; resolves when it listens. Rejects with what it said when it ends before that. */
export function startInTab(options: Options): Promise<Running> {
  const { runtime, files, entry, env, watch, print } = options;
  const printed: string[] = [];
  const errors: string[] = [];
  let alive = true;
  let end = () => {};
  return new Promise((resolve, reject) => {
    const listeners = {
      output(stream: 'stdout' | 'stderr', text: string) {
        const lines = text.split('\n').filter((line) => line && !line.startsWith('ready '));
        (stream === 'stdout' ? printed : errors).push(...lines);
        print(text, stream);
      },
      exit(code: number, why?: string) {
        alive = false;
        if (why) errors.push(why);
        reject(new Error(why ?? (errors.join('\n') || `it ended with exit code ${code}`)));
      },
      listening(port: number) {
        const state = { alive: () => alive, printed: () => printed };
        void started.then((server) => {
          const target = tabTarget({ server, port, watch, state, name: 'the attacker' });
          resolve({ target, errors, end: () => end() });
        });
      },
    };
    const run: Run = { files, entry, env, preload: [], args: [] };
    const started = TabServer.start(runtime, run, listeners);
    started.then((server) => {
      end = () => {
        alive = false;
        server.end();
      };
      if (!alive) server.end();
    }, reject);
  });
}
