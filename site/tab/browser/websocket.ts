// A WebSocket client over a connection's bytes: RFC 6455, with what a browser tells a script. `closing` begins when either
// side sends a close frame; a connection that ends without both, or breaks the protocol, is closed with 1006.
import type { Connection, HttpRequest } from '../wire.ts';
import { encodeFrame, OPCODE, ProtocolError } from './frames.ts';
import { encodeClose, type Message, MessageReader } from './messages.ts';
import type { SocketHandlers, SocketWatch } from './socket-events.ts';
import { Handshake } from './upgrade.ts';

/** As Chromium: how long the server may take to answer a close frame, and then to end the connection; in ms. */
const ANSWER = 10_000;
const ENDING = 2000;

export class WebSocketClient {
  #connection: Connection;
  #handlers: SocketHandlers;
  #watch: SocketWatch;
  #state: 'connecting' | 'open' | 'closing' | 'closed' = 'connecting';
  #handshake: Handshake;
  #messages = new MessageReader();
  #sentClose = false;
  #heardClose: { code: number; reason: string } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Sends `request`, which has Host, Connection and Upgrade, with the Sec-WebSocket headers after its own. */
  constructor(
    connection: Connection,
    request: HttpRequest & { protocols?: string[] },
    handlers: SocketHandlers,
    watch: SocketWatch = {},
  ) {
    [this.#connection, this.#handlers, this.#watch] = [connection, handlers, watch];
    const { protocols = [], ...rest } = request;
    this.#handshake = new Handshake(protocols);
    const sent = { ...rest, headers: [...rest.headers, ...this.#handshake.headers] };
    // Not at once: whoever opens it must first hold it.
    queueMicrotask(() => {
      if (this.#state === 'closed') return;
      watch.request?.(sent);
      const bytes = (chunk: Uint8Array) => this.#hear(chunk);
      connection.upgrade(sent, { bytes, closed: () => this.#ended() });
    });
  }

  /** Sends a message; nothing once the connection closes. */
  send(data: string | Uint8Array): void {
    if (this.#state !== 'open') return;
    this.#watch.message?.('client', data);
    if (typeof data !== 'string') this.#write(OPCODE.binary, data);
    else this.#write(OPCODE.text, new TextEncoder().encode(data));
  }

  /** Begins the closing handshake (section 7.1.2); a connection that is not open yet fails. */
  close(code?: number, reason = ''): void {
    if (this.#state === 'connecting') this.#fail('closed before the connection was open');
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#sendClose(code, reason);
    this.#endAfter(ANSWER);
  }

  #hear(chunk: Uint8Array): void {
    if (this.#state === 'closed') return;
    try {
      if (this.#state === 'connecting') this.#hearAnswer(chunk);
      else this.#messages.push(chunk);
      this.#drain();
    } catch (error) {
      const code = error instanceof ProtocolError ? error.code : undefined;
      this.#fail(error instanceof Error ? error.message : String(error), code);
    }
  }

  #hearAnswer(chunk: Uint8Array): void {
    const whole = this.#handshake.push(chunk);
    if (!whole) return;
    this.#watch.answer?.(whole.answer);
    if (whole.why) throw new Error(whole.why);
    this.#state = 'open';
    this.#messages.push(whole.rest);
    this.#handlers.open?.(whole.protocol);
  }

  #drain(): void {
    while (this.#state === 'open' || (this.#state === 'closing' && !this.#heardClose)) {
      const message = this.#messages.next();
      if (!message) return;
      this.#take(message);
    }
  }

  #take(message: Message): void {
    if (message.kind === 'ping' && !this.#sentClose) {
      this.#write(OPCODE.pong, message.payload);
    } else if (message.kind === 'data') {
      this.#watch.message?.('server', message.data);
      if (this.#state === 'open') this.#handlers.message?.(message.data);
    } else if (message.kind === 'close') {
      const { code, reason } = message;
      this.#heardClose = { code: code ?? 1005, reason };
      this.#state = 'closing';
      this.#watch.close?.('server', code, reason);
      if (!this.#sentClose) this.#sendClose(code, '');
      this.#endAfter(ENDING); // the server ends the connection (section 7.1.1)
    }
  }

  #sendClose(code: number | undefined, reason: string): void {
    this.#sentClose = true;
    this.#watch.close?.('client', code, reason);
    this.#write(OPCODE.close, encodeClose(code, reason));
  }

  #write(opcode: number, payload: Uint8Array): void {
    this.#connection.write(encodeFrame(opcode, payload));
  }

  #endAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#connection.close();
      this.#ended();
    }, ms);
  }

  /** Fails the connection (section 7.1.7): a close frame where one can be sent, and 1006 to the script. */
  #fail(why: string, code?: number): void {
    if (this.#state === 'closed') return;
    if (this.#state !== 'connecting' && !this.#sentClose) this.#sendClose(code, why);
    this.#state = 'closed'; // before the connection's own end is heard
    this.#heardClose = undefined;
    this.#handlers.error?.(why);
    this.#connection.close();
    this.#finish();
  }

  #ended(): void {
    if (this.#state === 'connecting') this.#fail('the connection ended before the answer');
    if (this.#state === 'closed') return;
    if (!this.#heardClose) this.#watch.close?.('server');
    this.#finish();
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#state = 'closed';
    const { code, reason } = this.#heardClose ?? { code: 1006, reason: '' };
    this.#handlers.close?.(code, reason, this.#heardClose !== undefined);
  }
}
