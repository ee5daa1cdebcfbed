// WebSocket frames, written as a client and read as one: RFC 6455 section 5.

export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  /** The last of its message. */
  fin: boolean;
  opcode: number;
  payload: Uint8Array;
}

/** What a peer did against the protocol, with the code to close with (RFC 6455 section 7.4.1). */
export class ProtocolError extends Error {
  code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The most that one message may hold, in bytes. A browser has only its memory as a limit. */
export const LARGEST = 64 * 1024 * 1024;

/** One whole message as one frame, masked with a key that nobody can foresee (sections 5.2, 5.3). */
export function encodeFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const bytes = new Uint8Array(6 + extra + length);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127);
  if (extra === 2) view.setUint16(2, length);
  if (extra === 8) view.setBigUint64(2, BigInt(length));
  const mask = crypto.getRandomValues(bytes.subarray(2 + extra, 6 + extra));
  for (let i = 0; i < length; i++) {
    bytes[6 + extra + i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  }
  return bytes;
}

/** Cuts a stream of bytes into a server's frames. Throws a ProtocolError where they break a rule. */
export class FrameReader {
  #bytes = new Uint8Array();
  #chunks: Uint8Array[] = [];
  #held = 0;
  /** How many bytes the frame that has begun needs, as far as that is known. */
  #needed = 2;

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
  }

  /** The next whole frame, or undefined until more bytes have come. */
  next(): Frame | undefined {
    while (this.#held >= this.#needed) {
      this.#join();
      const head = this.#bytes;
      const start = headLength(head[1] ?? 0);
      if (head.length < start) {
        this.#needed = start;
        continue;
      }
      const length = payloadLength(head);
      check(head[0] ?? 0, head[1] ?? 0, length);
      this.#needed = start + length;
      if (head.length < this.#needed) continue;
      const payload = head.slice(start, this.#needed);
      this.#bytes = head.subarray(this.#needed);
      this.#held -= this.#needed;
      this.#needed = 2;
      const first = head[0] ?? 0;
      return { fin: (first & 0x80) !== 0, opcode: first & 0x0f, payload };
    }
    return undefined;
  }

  #join(): void {
    if (!this.#chunks.length) return;
    const all = new Uint8Array(this.#held);
    let at = this.#bytes.length;
    all.set(this.#bytes);
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    this.#bytes = all;
    this.#chunks = [];
  }
}

const headLength = (second: number) => 2 + ({ 126: 2, 127: 8 }[second & 0x7f] ?? 0);

function payloadLength(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset);
  const short = (head[1] ?? 0) & 0x7f;
  if (short < 126) return short;
  return short === 126 ? view.getUint16(2) : Number(view.getBigUint64(2));
}

/** Sections 5.1 (a server masks nothing), 5.2 (reserved bits, opcodes) and 5.5 (control frames). */
function check(first: number, second: number, length: number): void {
  const opcode = first & 0x0f;
  if (first & 0x70) throw new ProtocolError(1002, 'a reserved bit is set');
  if (second & 0x80) throw new ProtocolError(1002, 'the server masked a frame');
  if ((opcode > 2 && opcode < 8) || opcode > 10) {
    throw new ProtocolError(1002, `the opcode ${opcode} is not known`);
  }
  if (opcode >= 8 && length > 125) throw new ProtocolError(1002, 'a control frame is too long');
  if (opcode >= 8 && !(first & 0x80)) {
    throw new ProtocolError(1002, 'a control frame is fragmented');
  }
  if (length > LARGEST) throw new ProtocolError(1009, `a frame is longer than ${LARGEST} bytes`);
}
