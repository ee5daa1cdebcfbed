// WebSocket messages out of frames: RFC 6455 sections 5.4 (fragments), 5.6 (data) and 7.4 (close codes).
import { type Frame, FrameReader, LARGEST, OPCODE, ProtocolError } from './frames.ts';

export type Message =
  | { kind: 'data'; data: string | Uint8Array }
  | { kind: 'ping' | 'pong'; payload: Uint8Array }
  /** No code: the frame was empty, which a script reads as 1005. */
  | { kind: 'close'; code?: number; reason: string };

/** Cuts a stream of bytes into a server's messages. Throws a ProtocolError where they break a rule. */
export class MessageReader {
  #frames = new FrameReader();
  #opcode = 0;
  #parts: Uint8Array[] = [];
  #size = 0;

  push(chunk: Uint8Array): void {
    this.#frames.push(chunk);
  }

  /** The next whole message, or undefined until more bytes have come. */
  next(): Message | undefined {
    for (let frame = this.#frames.next(); frame; frame = this.#frames.next()) {
      const message = this.#take(frame);
      if (message) return message;
    }
    return undefined;
  }

  /** The message that a frame completes, or undefined for a fragment. */
  #take({ fin, opcode, payload }: Frame): Message | undefined {
    if (opcode === OPCODE.close) return readClose(payload);
    if (opcode === OPCODE.ping) return { kind: 'ping', payload };
    if (opcode === OPCODE.pong) return { kind: 'pong', payload };
    if (opcode === OPCODE.more && !this.#opcode) {
      throw new ProtocolError(1002, 'a fragment continues no message');
    }
    if (opcode !== OPCODE.more && this.#opcode) {
      throw new ProtocolError(1002, 'a message begins before the last one has ended');
    }
    this.#opcode ||= opcode;
    this.#parts.push(payload);
    this.#size += payload.length;
    if (this.#size > LARGEST) {
      throw new ProtocolError(1009, `a message is longer than ${LARGEST} bytes`);
    }
    return fin ? this.#complete() : undefined;
  }

  #complete(): Message {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const text = this.#opcode === OPCODE.text;
    this.#opcode = 0;
    this.#parts = [];
    this.#size = 0;
    return { kind: 'data', data: text ? decodeText(bytes) : bytes };
  }
}

/** Text must be UTF-8 (section 8.1). A byte order mark stays: it belongs to the message. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProtocolError(1007, 'a text is not UTF-8');
  }
}

/** Codes that may travel: 1005, 1006 and 1015 only stand for what was not sent (section 7.4.1). */
const mayTravel = (code: number) =>
  (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
  (code >= 3000 && code <= 4999);

function readClose(payload: Uint8Array): Message {
  if (payload.length === 0) return { kind: 'close', reason: '' };
  const code = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  if (payload.length === 1 || !mayTravel(code)) {
    throw new ProtocolError(1002, `the close code ${code} may not be sent`);
  }
  return { kind: 'close', code, reason: decodeText(payload.subarray(2)) };
}

/** The body of a close frame; empty without a code. */
export function encodeClose(code: number | undefined, reason: string): Uint8Array {
  if (code === undefined) return new Uint8Array();
  return Uint8Array.from([code >> 8, code & 0xff, ...new TextEncoder().encode(reason)]);
}

/** Whether a script may close with this code and reason (WebSockets standard, `close`). */
export function mayClose(code: number | undefined, reason: string): boolean {
  if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) return false;
  return new TextEncoder().encode(reason).length <= 123;
}
