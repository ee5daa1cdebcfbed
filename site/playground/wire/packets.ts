/**
 * Engine.IO packets, and the Socket.IO packets in them, as a person reads them. Read by the packages that the
 * client and the server use, so that what they refuse is refused here too. Nothing throws.
 */
import { decodePacket, decodePayload } from 'engine.io-parser';
import { readSocketPacket, type SocketFields } from './socket-packets.ts';

/** One packet. Without `engine` the text is none, and `fault` says so. */
export interface Packet extends SocketFields {
  /** As it was sent. */
  raw: string;
  /** "CONNECT /", "EVENT said", "PING". */
  name: string;
  /** OPEN, CLOSE, PING, PONG, MESSAGE, UPGRADE or NOOP. */
  engine?: string;
  /** Why it cannot be read. */
  fault?: string;
}

const SEPARATOR = '\x1e';
const CUT = /… \(\d+ bytes\)$/;

/** The packets of a polling body. Like the parser, it reads nothing behind the first fault. */
export function readBody(text: string): Packet[] {
  if (text === '') return [];
  try {
    const parsed = decodePayload(text, 'arraybuffer');
    return text.split(SEPARATOR).map((raw, n) => {
      const packet = parsed[n];
      return packet ? read(raw, packet) : fault(raw, 'the parser stops at the fault before it');
    });
  } catch (error) {
    return [fault(text, wordsOf(error))];
  }
}

/** The packet that a WebSocket message is. */
export function readMessage(text: string): Packet {
  try {
    return read(text, decodePacket(text, 'arraybuffer'));
  } catch (error) {
    return fault(text, wordsOf(error));
  }
}

/** Whether a packet only asks whether the other end is there, or answers that. */
export const isBeat = ({ raw }: Packet): boolean => raw === '2' || raw === '3';

function read(raw: string, { type, data }: { type: string; data?: unknown }): Packet {
  if (type === 'error') return fault(raw, 'it begins with no Engine.IO type');
  const engine = type.toUpperCase();
  if (data instanceof ArrayBuffer) {
    return { raw, engine, name: `binary attachment, ${data.byteLength} bytes` };
  }
  const text = typeof data === 'string' ? data : '';
  if (engine === 'OPEN') return readOpen(raw, text);
  if (engine !== 'MESSAGE') return { raw, engine, name: text ? `${engine} ${text}` : engine };
  try {
    return { raw, engine, ...readSocketPacket(text) };
  } catch (error) {
    const failed = fault(raw, wordsOf(error));
    return { ...failed, engine, name: `MESSAGE, ${failed.name}` };
  }
}

function readOpen(raw: string, text: string): Packet {
  const packet: Packet = { raw, engine: 'OPEN', name: 'OPEN' };
  try {
    return { ...packet, data: JSON.parse(text) };
  } catch {
    return { ...packet, fault: 'its handshake is not JSON' };
  }
}

/** A text that is no packet; one that was cut for showing may have been one. */
function fault(raw: string, why: string): Packet {
  if (CUT.test(raw)) return { raw, name: 'a long text', fault: 'cut here, and so not read' };
  return { raw, name: 'not a Socket.IO packet', fault: why };
}

function wordsOf(error: unknown): string {
  if (error instanceof RangeError) return 'nested too deep';
  return error instanceof Error ? error.message : String(error);
}
