/** The page's handle on a server that runs in a worker, inside a frame of an opaque origin. */
import { readFromWorker } from './from-worker.ts';
import type { FromWorker, Run, ToWorker } from './messages.ts';
import type { Runtime } from './runtime.ts';
import { ServerFrame, type Sources } from './ServerFrame.ts';
import type { Connection, HttpRequest, HttpResponse, Server } from './wire.ts';

export interface Listeners {
  /** The server listens on this port. */
  listening?(port: number): void;
  output?(stream: 'stdout' | 'stderr', text: string): void;
  /** It ended by itself, with this code; `why` when it was not the server's own doing. */
  exit?(code: number, why?: string): void;
  ipc?(message: unknown): void;
}

interface Waiting {
  response?(response: HttpResponse): void;
  bytes?(chunk: Uint8Array): void;
  closed(refused: boolean): void;
}

/** So many questions, one a second, may go unanswered before a server counts as stuck. While it loads there are more. */
const PATIENCE = 5;
const LOADING = 30;

/** A worker that waits for the next start, for each runtime. */
const spares = new WeakMap<Runtime, Promise<ServerFrame>>();

export class TabServer implements Server {
  readonly ports = new Set<number>();
  private readonly frame: ServerFrame;
  private readonly port: MessagePort;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners: Listeners;
  private readonly pulse: ReturnType<typeof setInterval>;
  private unanswered = 0;
  private loaded = false;
  private ids = 0;
  private ended = false;

  private constructor(frame: ServerFrame, port: MessagePort, listeners: Listeners) {
    this.frame = frame;
    this.port = port;
    this.listeners = listeners;
    port.onmessage = ({ data }) => {
      const message = readFromWorker(data);
      if (message) this.receive(message);
    };
    this.pulse = setInterval(() => this.check(), 1_000);
  }

  /** Gets a worker ready for these sources, their packages loaded: the next start takes it. Resolves when it stands. */
  static async warm(runtime: Runtime, sources: Sources): Promise<void> {
    const before = spares.get(runtime);
    if (before) return void (await before);
    const spare = ServerFrame.open(runtime, sources);
    spares.set(runtime, spare);
    spare.catch(() => spares.delete(runtime)); // the start itself will say why
    await spare;
  }

  /** Starts a server. Rejects when the runtime cannot be loaded or the browser starts no such frame. */
  static async start(runtime: Runtime, run: Run, listeners: Listeners): Promise<TabServer> {
    const ready = spares.get(runtime);
    spares.delete(runtime); // at once: of two that start together one takes it
    const spare = await ready?.catch(() => undefined);
    const frame = spare ?? (await ServerFrame.open(runtime, run));
    const { port1, port2 } = new MessageChannel();
    const server = new TabServer(frame, port1, listeners);
    await frame.run(run, port2);
    return server;
  }

  connect(port: number): Connection | undefined {
    if (this.ended || !this.ports.has(port)) return undefined;
    const id = ++this.ids;
    const open = (request: HttpRequest, waiting: Waiting) => {
      this.waiting.set(id, waiting);
      this.post({ type: 'request', id, port, request });
    };
    return {
      request: (request) =>
        new Promise((resolve, reject) => {
          open(request, {
            response: resolve,
            closed: (refused) =>
              reject(new Error(refused ? 'connection refused' : 'connection reset')),
          });
        }),
      upgrade: (request, heard) =>
        open(request, {
          bytes: heard.bytes,
          closed: () => heard.closed(),
          response: (response) => {
            heard.bytes(asBytes(response));
            heard.closed();
          },
        }),
      write: (bytes) => this.post({ type: 'data', id, bytes }),
      close: () => {
        if (this.waiting.delete(id)) this.post({ type: 'close', id });
      },
    };
  }

  signal(name: 'SIGINT' | 'SIGTERM'): void {
    this.post({ type: 'signal', name });
  }
  ipc(message: unknown): void {
    this.post({ type: 'ipc', message });
  }

  /** Ends the server at once, whatever it does. Its connections end with it. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.pulse);
    this.ports.clear();
    this.port.close();
    this.frame.close();
    for (const { closed } of [...this.waiting.values()]) closed(false);
    this.waiting.clear();
  }

  private post(message: ToWorker): void {
    if (!this.ended) this.port.postMessage(message);
  }

  /** Counts questions and not seconds, for in a hidden tab the clock of a page runs slowly. */
  private check(): void {
    if (this.unanswered >= (this.loaded ? PATIENCE : LOADING)) {
      this.end();
      const why = this.loaded
        ? 'The server has not answered for five seconds: an endless loop? It was ended.'
        : 'The server did not start within half a minute. It was ended.';
      this.listeners.exit?.(1, why);
      return;
    }
    this.unanswered += 1;
    this.post({ type: 'ping' });
  }

  private receive(message: FromWorker): void {
    this.unanswered = 0;
    this.loaded = true;
    switch (message.type) {
      case 'listening':
        this.ports.add(message.port);
        this.listeners.listening?.(message.port);
        break;
      case 'output':
        this.listeners.output?.(message.stream, message.text);
        break;
      case 'ipc':
        this.listeners.ipc?.(message.message);
        break;
      case 'exit':
        this.end();
        this.listeners.exit?.(message.code);
        break;
      case 'response':
        this.waiting.get(message.id)?.response?.(message.response);
        this.waiting.delete(message.id);
        break;
      case 'data':
        this.waiting.get(message.id)?.bytes?.(message.bytes);
        break;
      case 'closed':
      case 'refused':
        this.waiting.get(message.id)?.closed(message.type === 'refused');
        this.waiting.delete(message.id);
    }
  }
}

/** A response to an upgrade that was not taken up, as the bytes that it would have been. */
function asBytes({ status, statusText, headers, body }: HttpResponse): Uint8Array {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = new TextEncoder().encode(`HTTP/1.1 ${status} ${statusText}\r\n${lines}\r\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
