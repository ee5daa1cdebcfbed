// `WebSocket` for the frame: the WebSockets standard's class, with the virtual browser behind it.
import { mayClose } from '../messages.ts';
import { addHandlers, type Handler, makeEvent } from './handlers.ts';
import type { Link, SocketMessage } from './link.ts';

const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

/** The address as a WebSocket's: relative ones and http ones are taken, a fragment is not. */
function readUrl(text: string | URL, page: string): URL {
  const refuse = (why: string) => new DOMException(`${text}: ${why}`, 'SyntaxError');
  if (!URL.canParse(String(text), page)) throw refuse('this is no URL');
  const url = new URL(text, page);
  url.protocol = url.protocol.replace('http', 'ws');
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw refuse('no WebSocket address');
  if (url.hash) throw refuse('a WebSocket address has no fragment');
  return url;
}

function readProtocols(given: string | string[]): string[] {
  const protocols = [given].flat().map(String);
  const distinct = new Set(protocols).size === protocols.length;
  const tokens = protocols.every((name) => /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(name));
  if (distinct && tokens) return protocols;
  throw new DOMException(`no list of subprotocols: ${protocols}`, 'SyntaxError');
}

async function readData(data: unknown): Promise<string | Uint8Array> {
  return data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : String(data);
}

/** What can be sent at once; undefined for a Blob, whose bytes must be waited for. */
function readNow(data: unknown): string | Uint8Array | undefined {
  if (data instanceof Blob) return undefined;
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  if (!ArrayBuffer.isView(data)) return String(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}

/** Makes the class for a frame; it speaks through the frame's link. */
export function makeWebSocket(link: Link) {
  class VirtualWebSocket extends EventTarget {
    declare onopen: Handler;
    declare onmessage: Handler;
    declare onerror: Handler;
    declare onclose: Handler;
    readonly url: string;
    readonly extensions = '';
    protocol = '';
    readyState = STATES.CONNECTING;
    bufferedAmount = 0;
    binaryType: BinaryType = 'blob';
    #remote: ReturnType<Link['open']>;
    /** The Blobs that are being read, and what must wait behind them. */
    #queue: Promise<void> | undefined;

    constructor(url: string | URL, protocols: string | string[] = []) {
      super();
      this.url = readUrl(url, link.page).href;
      this.#remote = link.open(this.url, readProtocols(protocols), (message) =>
        this.#hear(message),
      );
    }

    send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      if (this.readyState === STATES.CONNECTING) {
        throw new DOMException('Still in CONNECTING state', 'InvalidStateError');
      }
      const now = readNow(data);
      const bytes = data instanceof Blob ? data.size : sizeOf(now ?? '');
      this.bufferedAmount += bytes;
      if (this.readyState !== STATES.OPEN) return;
      if (now !== undefined && !this.#queue) this.#remote.send(now);
      else this.#enqueue(data, now);
    }

    /** Sends after the Blobs before it. */
    #enqueue(data: unknown, now: string | Uint8Array | undefined): void {
      const queue = (this.#queue ?? Promise.resolve()).then(async () => {
        this.#remote.send(now ?? (await readData(data)));
        if (this.#queue === queue) this.#queue = undefined;
      });
      this.#queue = queue;
    }

    close(code?: number, reason = ''): void {
      if (!mayClose(code, '')) throw new DOMException(`the code ${code}`, 'InvalidAccessError');
      if (!mayClose(code, reason)) throw new DOMException('the reason is too long', 'SyntaxError');
      if (this.readyState >= STATES.CLOSING) return;
      this.readyState = STATES.CLOSING;
      const close = () => this.#remote.close(code, reason);
      if (this.#queue) this.#queue.then(close);
      else close();
    }

    #hear(message: SocketMessage): void {
      if (this.readyState === STATES.CLOSED) return;
      if (message.type === 'sent') this.bufferedAmount -= message.bytes;
      else if (message.type === 'error') this.dispatchEvent(new Event('error'));
      else if (message.type === 'closed') this.#close(message);
      else if (message.type === 'failed') this.#close({ code: 1006, reason: '', clean: false });
      else if (message.type === 'opened' && this.readyState === STATES.CONNECTING) {
        this.readyState = STATES.OPEN;
        this.protocol = message.protocol;
        this.dispatchEvent(new Event('open'));
      } else if (message.type === 'message' && this.readyState === STATES.OPEN) {
        const data = this.#give(message.data);
        const { origin } = new URL(this.url);
        this.dispatchEvent(new MessageEvent('message', { data, origin }));
      }
    }

    #give(data: string | Uint8Array): unknown {
      if (typeof data === 'string') return data;
      const bytes = new Uint8Array(data);
      return this.binaryType === 'blob' ? new Blob([bytes]) : bytes.buffer;
    }

    #close({ code, reason, clean }: { code: number; reason: string; clean: boolean }): void {
      this.readyState = STATES.CLOSED;
      this.dispatchEvent(makeEvent('close', { code, reason, wasClean: clean }));
    }
  }
  addHandlers(VirtualWebSocket, ['open', 'message', 'error', 'close']);
  for (const [name, value] of Object.entries(STATES)) {
    Object.defineProperty(VirtualWebSocket, name, { value, enumerable: true });
    Object.defineProperty(VirtualWebSocket.prototype, name, { value, enumerable: true });
  }
  return VirtualWebSocket;
}

const sizeOf = (data: string | Uint8Array) =>
  typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;
