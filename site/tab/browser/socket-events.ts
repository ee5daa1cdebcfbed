// What a WebSocket tells: to the page that opened it, and to whoever watches the wire.
import type { HttpRequest, HttpResponse } from '../wire.ts';

/** What a page hears. `why` is for whoever watches: a script never learns it. */
export interface SocketHandlers {
  open?(protocol: string): void;
  message?(data: string | Uint8Array): void;
  error?(why: string): void;
  /** Once, and last. */
  close?(code: number, reason: string, clean: boolean): void;
}

/** What somebody who watches the wire hears. */
export interface SocketWatch {
  /** The handshake as it is sent. */
  request?(request: HttpRequest): void;
  /** The answer to the handshake, and its body when it is a refusal. */
  answer?(response: HttpResponse): void;
  message?(from: 'client' | 'server', data: string | Uint8Array): void;
  close?(from: 'client' | 'server', code?: number, reason?: string): void;
}
