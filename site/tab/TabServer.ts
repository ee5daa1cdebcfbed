/** The page's handle on a server that runs in a worker, inside a frame of an opaque origin. */
import { serverFrame } from './frame.ts';
import type { FromWorker, Run, ToWorker } from './messages.ts';
import { always, importsIn, type Runtime, reachable } from './runtime.ts';
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

export class TabServer implements Server {
  readonly ports = new Set<number>();
  private readonly frame: HTMLIFrameElement;
  private readonly port: MessagePort;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners: Listeners;
  private readonly pulse: ReturnType<typeof setInterval>;
  private unanswered = 0;
  private loaded = false;
  private ids = 0;
  private ended = false;

  private constructor(frame: HTMLIFrameElement, port: MessagePort, listeners: Listeners) {
    this.frame = frame;
    this.port = port;
    this.listeners = listeners;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.pulse = setInterval(() => this.check(), 1_000);
  }

  /** Fetches what these files need, so that a start need not wait for it. */
  static async warm(runtime: Runtime, run: Pick<Run, 'files' | 'entry'>): Promise<void> {
    await runtime.chunks(namesIn({ ...run, preload: [] }, runtime));
  }

  /** Starts a server. Rejects when the runtime cannot be loaded or the browser starts no such frame. */
  static async start(runtime: Runtime, run: Run, listeners: Listeners): Promise<TabServer> {
    const names = namesIn(run, runtime);
    const [frame, chunks] = await Promise.all([openFrame(), runtime.chunks(names)]);
    const { port1, port2 } = new MessageChannel();
    const entries = Object.fromEntries(
      [...always, ...names].map((name) => [name, runtime.manifest.entries[name]]),
    );
    const server = new TabServer(frame, port1, listeners);
    frame.contentWindow?.postMessage({ chunks, entries, run }, '*', [port2]);
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
    this.frame.remove(); // a worker ends with the document that made it
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
        this.listeners.output?.(message.stream, String(message.text));
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

/** What the files of a run that are reached import from outside themselves. */
function namesIn(
  { files, entry, preload }: Pick<Run, 'files' | 'entry' | 'preload'>,
  { manifest }: Runtime,
): string[] {
  return importsIn(reachable(new Map(files), [...preload, entry]), manifest);
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

/** A hidden frame of an opaque origin, once it is ready. */
function openFrame(): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = serverFrame;
  frame.hidden = true;
  frame.title = 'The server of this page';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      frame.remove();
      reject(new Error('This browser did not start the frame that the server runs in.'));
    }, 10_000);
    addEventListener('message', function hear({ source, data }) {
      if (source !== frame.contentWindow || data !== 'ready') return;
      removeEventListener('message', hear);
      clearTimeout(timer);
      resolve(frame);
    });
    document.body.append(frame);
  });
}
