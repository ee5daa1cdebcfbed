// A WebTransport session as an HTTP/3 server hands it to the engine, made of streams: what the engine does with one
// can be seen without HTTP/3, and without a browser that has it.
import {
  createPacketDecoderStream,
  createPacketEncoderStream,
  type Packet,
} from 'engine.io-parser';
import type { Server } from 'socket.io';

export interface Session {
  /** Texts of the messages that the server has sent, without the engine's own digit. */
  heard: string[];
  /** Whether the server has closed the session. */
  closed(): boolean;
  send(message: string): Promise<void>;
}

/** Hands the engine a session, opens it as a client does, and reads what comes. */
export async function openSession(io: Server): Promise<Session> {
  const up = new TransformStream<Uint8Array, Uint8Array>();
  const down = new TransformStream<Uint8Array, Uint8Array>();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let isClosed = false;
  const close = () => {
    isClosed = true;
    resolve();
  };
  const stream = { readable: up.readable, writable: down.writable };
  const incomingBidirectionalStreams = new ReadableStream({
    start: (control) => control.enqueue(stream),
  });
  const encoder = createPacketEncoderStream();
  encoder.readable.pipeTo(up.writable).catch(close);
  const writer: WritableStreamDefaultWriter<Packet> = encoder.writable.getWriter();
  const heard: string[] = [];
  const decoder = createPacketDecoderStream(100_000, 'nodebuffer');
  void down.readable.pipeThrough(decoder).pipeTo(
    new WritableStream<Packet>({
      write: ({ type, data }) => void (type === 'message' && heard.push(String(data))),
    }),
  );
  void io.engine.onWebTransportSession({ incomingBidirectionalStreams, closed, close });
  if (!isClosed) writer.write({ type: 'open' }).catch(() => {});
  const send = (data: string) => writer.write({ type: 'message', data }).catch(() => {});
  return { heard, closed: () => isClosed, send };
}
