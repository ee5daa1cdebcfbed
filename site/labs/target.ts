/** A lab's server in the tab, as its exploits see it: the network of a client that sets any header. */
import type { Answer, Target } from '../../examples/labs/lib/lab.ts';
import {
  type OpenOptions,
  openPolling,
  pathOf,
  Raw,
  Refused,
} from '../../examples/labs/lib/raw.ts';
import { WebSocketClient } from '../tab/browser/websocket.ts';
import type { Header, HttpRequest, Server, WireDetail, WireEvent } from '../tab/wire.ts';

interface Options {
  server: Server;
  port: number;
  /** Hears what goes over the wire. */
  watch: (event: WireEvent) => void;
  state: Pick<Target, 'alive' | 'printed'>;
  /** The name of who attacks, in the wire. */
  name: string;
}

const decoder = new TextDecoder();

export function tabTarget({ server, port, watch, state, name }: Options): Target {
  const host = `localhost:${port}`;
  let exchanges = 0;
  const begin = () => {
    const exchange = ++exchanges;
    return (detail: WireDetail) =>
      watch({ at: Date.now(), browser: name, exchange, ...detail } as WireEvent);
  };
  const target: Target = {
    ...{ ...state, origin: `http://${host}` },
    async request(path, { method = 'GET', headers = {}, body = '' } = {}) {
      const tell = begin();
      const sent: HttpRequest = {
        ...{ method, target: path },
        headers: [['Host', host], ...fields(headers), ...length(body)],
        body: new TextEncoder().encode(body),
      };
      tell({ kind: 'request', method, url: `http://${host}${path}`, headers: sent.headers, body });
      const connection = server.connect(port);
      if (!connection) throw new Error('nothing listens there any more');
      const response = await connection.request(sent);
      const text = decoder.decode(response.body);
      const { status, statusText } = response;
      tell({ kind: 'response', status, statusText, headers: response.headers, body: text });
      return { status, headers: collect(response.headers), body: text };
    },
    open: (options = {}) =>
      options.transport === 'polling' ? openPolling(target, options) : openSocket(options),
  };

  function openSocket({ headers = {}, query = {} }: OpenOptions): Promise<Raw> {
    const tell = begin();
    const path = pathOf('websocket', query);
    const connection = server.connect(port);
    if (!connection) return Promise.reject(new Refused(0));
    const request: HttpRequest = {
      ...{ method: 'GET', target: path },
      headers: [
        ['Host', host],
        ['Connection', 'Upgrade'],
        ['Upgrade', 'websocket'],
        ...fields(headers),
      ],
    };
    return new Promise((resolve, reject) => {
      let raw: Raw | undefined;
      let status = 0;
      const client = new WebSocketClient(
        connection,
        request,
        {
          message(data) {
            const text = typeof data === 'string' ? data : decoder.decode(data);
            if (raw) return raw.packet(text);
            raw = new Raw(JSON.parse(text.slice(1)).sid).over({
              async send(packets) {
                for (const packet of packets) client.send(packet);
              },
              close: () => connection.close(),
            });
            resolve(raw);
          },
          close() {
            raw?.closed();
            reject(new Refused(status));
          },
        },
        {
          request: (sent) =>
            tell({
              ...{ kind: 'request', method: 'GET', url: `ws://${host}${path}` },
              ...{ headers: sent.headers, body: '' },
            }),
          answer(answer) {
            status = answer.status;
            const { statusText, headers: told } = answer;
            tell({ kind: 'response', status, statusText, headers: told, body: '' });
          },
          message: (from, data) =>
            tell(
              typeof data === 'string'
                ? { kind: 'message', from, text: data }
                : { kind: 'message', from, bytes: data.length },
            ),
          close: (from) => tell({ kind: 'close', from }),
        },
      );
    });
  }

  return target;
}

const fields = (headers: Record<string, string>): Header[] => Object.entries(headers);

const length = (body: string): Header[] =>
  body === '' ? [] : [['Content-Length', String(new TextEncoder().encode(body).length)]];

/** As Node gives them: `set-cookie` by line breaks, other repeated fields by commas. */
function collect(headers: readonly Header[]): Answer['headers'] {
  const all: Record<string, string> = {};
  for (const [field, value] of headers) {
    const name = field.toLowerCase();
    const before = all[name];
    if (before === undefined) all[name] = value;
    else all[name] = `${before}${name === 'set-cookie' ? '\n' : ', '}${value}`;
  }
  return all;
}
