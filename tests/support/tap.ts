// Preloaded into an example in place of steer.ts: it tells the test, in the events of the virtual browser, all that a
// real browser sends to the server and gets from it.
import http from 'node:http';
import type { Socket } from 'node:net';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { gunzipSync, inflateSync } from 'node:zlib';
import * as ws from 'ws';
import type { Header, WireDetail } from '../../site/tab/wire.ts';
import './steer.ts';

/** ws exports it; its types do not. A Writable of frames, which emits messages. */
const Receiver: new (options: { isServer: boolean }) => Writable = Reflect.get(ws, 'Receiver');

let exchanges = 0;
const tellOf = (exchange: number) => (detail: WireDetail) =>
  void process.send?.({ wire: { at: Date.now(), browser: 'real', exchange, ...detail } });

function request(req: http.IncomingMessage, body: string): WireDetail {
  const { method = '', url: path, rawHeaders, headers: fields } = req;
  const headers = rawHeaders.flatMap((name, at): Header[] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  );
  return { kind: 'request', method, url: `http://${fields.host}${path}`, headers, body };
}

/** A response's head, as it is sent. */
function response(head: string, body: Buffer): WireDetail {
  const [first = '', ...lines] = head.trimEnd().split('\r\n');
  const [, status, statusText = ''] = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(first) ?? [];
  const headers = lines.map((line): Header => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  const decode = { gzip: gunzipSync, deflate: inflateSync }[encoding ?? ''];
  const text = String(decode ? decode(body) : body);
  return { kind: 'response', status: Number(status), statusText, headers, body: text };
}

/** Puts a function in place of an object's method that hears what is given to it first. */
function overhear<T extends object>(target: T, name: keyof T, hear: (...args: unknown[]) => void) {
  const method = target[name] as (...args: unknown[]) => unknown;
  target[name] = function (this: T, ...args: unknown[]) {
    hear(...args);
    return Reflect.apply(method, this, args);
  } as T[keyof T];
}

/** Collects what is given to a stream's write, end or push. */
function collect(into: (chunk: Buffer) => void) {
  return (chunk: unknown, encoding?: unknown) => {
    if (typeof chunk === 'string') {
      into(
        Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'),
      );
    } else if (chunk instanceof Uint8Array) into(Buffer.from(chunk));
  };
}

function tapRequest(req: http.IncomingMessage, res: http.ServerResponse): void {
  const tell = tellOf(++exchanges);
  const [asked, answered]: [Buffer[], Buffer[]] = [[], []];
  let early: WireDetail | undefined; // an answer that does not wait for the body
  let complete = false;
  overhear(req, 'push', (chunk) => {
    if (chunk instanceof Uint8Array) asked.push(Buffer.from(chunk));
    if (chunk !== null || complete) return;
    complete = true;
    tell(request(req, String(Buffer.concat(asked))));
    if (early) tell(early);
  });
  const hear = collect((chunk) => void answered.push(chunk));
  overhear(res, 'write', hear);
  overhear(res, 'end', hear);
  res.once('finish', () => {
    const answer = response(Reflect.get(res, '_header'), Buffer.concat(answered));
    if (complete) tell(answer);
    else early = answer;
  });
  res.once('close', () => {
    if (!res.writableFinished) tell({ kind: 'blocked', why: 'the connection has ended' });
  });
}

function tapUpgrade(req: http.IncomingMessage, socket: Socket, start: Buffer): void {
  const tell = tellOf(++exchanges);
  tell(request(req, ''));
  const framesOf = (from: 'client' | 'server') => {
    const receiver = new Receiver({ isServer: from === 'client' });
    receiver.on('message', (data: Buffer, isBinary: boolean) => {
      const content = isBinary ? { bytes: data.length } : { text: String(data) };
      tell({ kind: 'message', from, ...content });
    });
    receiver.on('error', () => {}); // the server has its own, and closes
    return (chunk: Buffer) => void receiver.write(chunk);
  };
  const [heard, sent] = [framesOf('client'), framesOf('server')];
  if (start.length > 0) heard(start);
  overhear(socket, 'push', collect(heard));
  let head = '';
  const answer = collect((chunk) => {
    if (head.includes('\r\n\r\n')) return sent(chunk);
    head += chunk.toString('latin1');
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    tell(response(head.slice(0, end), Buffer.alloc(0)));
    const rest = Buffer.from(head.slice(end + 4), 'latin1');
    if (rest.length > 0 && head.startsWith('HTTP/1.1 101')) sent(rest);
  });
  overhear(socket, 'write', answer);
  overhear(socket, 'end', answer);
  socket.once('close', () => tell({ kind: 'close', from: 'server' }));
}

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (this: http.Server, event: string, ...args: unknown[]) {
  if (event === 'request') tapRequest(...(args as Parameters<typeof tapRequest>));
  if (event === 'upgrade') tapUpgrade(...(args as Parameters<typeof tapUpgrade>));
  return Reflect.apply(emit, this, [event, ...args]);
};
