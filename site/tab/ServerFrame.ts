/** A hidden frame of an opaque origin with a worker in it: first made ready, then given its one run. */

import type { Ready, Run } from './messages.ts';
import type { Chunk } from './packs.ts';
import { importsIn, type Runtime, reachable } from './runtime.ts';
import { serverDocument } from './serverDocument.ts';

/** What a run is made of, without its arguments. */
export type Sources = Pick<Run, 'files' | 'entry'> & Partial<Pick<Run, 'preload'>>;

export class ServerFrame {
  private readonly element: HTMLIFrameElement;
  /** Leads to the worker. */
  private readonly port: MessagePort;
  private readonly runtime: Runtime;
  private readonly sent = new Set<string>();

  private constructor({ element, port }: Opened, runtime: Runtime) {
    this.element = element;
    this.port = port;
    this.runtime = runtime;
  }

  /**
   * Starts a worker that loads what these sources import. It works on after this has resolved; what it is sent later
   * waits for its turn. Rejects when the runtime cannot be fetched or the browser starts no such frame.
   */
  static async open(runtime: Runtime, sources: Sources): Promise<ServerFrame> {
    const texts = textsOf(sources);
    const names = importsIn([...texts.values()], runtime.manifest);
    const [opened, chunks] = await Promise.all([openFrame(), runtime.chunks(names)]);
    const frame = new ServerFrame(opened, runtime);
    frame.send({ chunks, ready: { names, texts: [...texts] } });
    return frame;
  }

  /** Runs a server. Its messages come over the port's other end. */
  async run(run: Run, port: MessagePort): Promise<void> {
    const names = importsIn([...textsOf(run).values()], this.runtime.manifest);
    const chunks = await this.runtime.chunks(names);
    this.send({ chunks: chunks.filter(({ file }) => !this.sent.has(file)), run }, port);
  }

  /** Ends the worker: it ends with the document that made it. Whoever starts the next one need not wait for that. */
  close(): void {
    setTimeout(() => this.element.remove());
  }

  private send(message: { chunks: Chunk[]; ready?: Ready; run?: Run }, ...ports: MessagePort[]) {
    for (const { file } of message.chunks) this.sent.add(file);
    const { entries } = this.runtime.manifest;
    this.port.postMessage({ ...message, entries }, ports);
  }
}

const textsOf = ({ files, entry, preload = [] }: Sources) =>
  reachable(new Map(files), [...preload, entry]);

interface Opened {
  element: HTMLIFrameElement;
  port: MessagePort;
}

/** Resolves once the frame's worker has started. */
function openFrame(): Promise<Opened> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = serverDocument;
  frame.hidden = true;
  frame.title = 'The server of this page';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      frame.remove();
      reject(new Error('This browser did not start the frame that the server runs in.'));
    }, 10_000);
    addEventListener('message', function hear({ source, data, ports: [port] }) {
      if (source !== frame.contentWindow || data !== 'ready' || !port) return;
      removeEventListener('message', hear);
      clearTimeout(timer);
      resolve({ element: frame, port });
    });
    document.body.append(frame);
  });
}
