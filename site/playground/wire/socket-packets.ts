// Socket.IO packets by the package's own Decoder.
import { Decoder, PacketType, type Packet as SocketPacket } from 'socket.io-parser';
import { cut } from './words.ts';

/** What a Socket.IO packet says. */
export interface SocketFields {
  /** CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR, BINARY_EVENT or BINARY_ACK. */
  socket?: string;
  namespace?: string;
  ackId?: number;
  event?: string;
  /** The payload: an event's arguments without its name. */
  data?: unknown;
}

const ATTACHMENTS = 10; // as many as the Decoder takes, unless a server sets another number

/** Reads a packet. Throws the parser's error for what is none. */
export function readSocketPacket(text: string): SocketFields & { name: string } {
  const { type, nsp: namespace, id, data } = decode(text);
  // The Decoder gives binary packets the type of plain ones.
  const socket = PacketType[Number(text[0])] ?? PacketType[type];
  const fields: SocketFields = { socket, namespace, ...(id === undefined ? {} : { ackId: id }) };
  if (type !== PacketType.EVENT) {
    const named = { ...fields, name: nameOf(fields) };
    return data === undefined ? named : { ...named, data };
  }
  const [event, ...args] = Array.isArray(data) ? data : [];
  if (event === undefined) return { ...fields, name: `${socket} without a name` };
  const whole = { ...fields, event: String(event), data: args };
  return { ...whole, name: nameOf(whole) };
}

function decode(text: string): SocketPacket {
  const found: SocketPacket[] = [];
  const decoder = new Decoder();
  decoder.on('decoded', (packet) => {
    found.push(packet);
  });
  decoder.add(text);
  // A binary packet is whole with its attachments. These stand in for them, and show as they are sent.
  for (let num = 0; found.length === 0 && num < ATTACHMENTS; num += 1) {
    decoder.add({ base64: true, toJSON: () => ({ _placeholder: true, num }) });
  }
  decoder.destroy();
  const [packet] = found;
  if (!packet) throw new Error('its attachments are missing');
  return packet;
}

/** "CONNECT /", "EVENT said, /admin, ack 12". The main namespace is named where nothing else is. */
function nameOf({ socket = '', namespace = '/', ackId, event }: SocketFields): string {
  const id = ackId === undefined ? '' : String(ackId);
  const place = namespace === '/' ? '' : `, ${cut(namespace, 40)}`;
  if (socket.endsWith('ACK')) return `${socket} ${id}${place}`;
  if (event === undefined) return `${socket} ${cut(namespace, 40)}`;
  const label = cut(event.replace(/\s+/g, ' '), 40);
  return `${socket} ${label}${place}${id && `, ack ${id}`}`;
}
