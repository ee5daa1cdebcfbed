// node:net: addresses are told apart; there is no network to open a socket to.
import { Duplex } from './stream.cjs';

const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export const isIPv4 = (text: unknown) => v4.test(String(text));
export function isIPv6(text: unknown): boolean {
  const address = String(text).replace(/%.*$/, '');
  if (!/^[\da-f:.]+$/i.test(address) || !address.includes(':')) return false;
  try {
    new URL(`http://[${address}]/`);
    return true;
  } catch {
    return false;
  }
}
export const isIP = (text: unknown) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/** The server's end of a connection, for HTTP and, after an upgrade, for bytes. */
export class Socket extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  readonly remoteFamily = 'IPv4';
  readonly remotePort: number;
  readonly localAddress = '127.0.0.1';
  readonly localPort: number;
  readonly encrypted = false;
  readonly connecting = false;
  private readonly send: (bytes: Uint8Array) => void;
  private readonly ended: () => void;

  constructor(
    ports: { remote: number; local: number },
    send: (bytes: Uint8Array) => void,
    ended: () => void,
  ) {
    super({ allowHalfOpen: true, autoDestroy: true, emitClose: true });
    this.remotePort = ports.remote;
    this.localPort = ports.local;
    this.send = send;
    this.ended = ended;
  }
  override _read(): void {}
  override _write(
    chunk: Uint8Array,
    _encoding: string,
    done: (error?: Error | null) => void,
  ): void {
    this.send(chunk);
    done();
  }
  override _final(done: (error?: Error | null) => void): void {
    this.ended();
    done();
  }
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.ended();
    done(error);
  }
  address() {
    return { address: this.localAddress, family: 'IPv4', port: this.localPort };
  }
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  destroySoon(): void {
    this.end();
  }
}
