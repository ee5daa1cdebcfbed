// Bare servers that serve an empty page as well, and what a script on such a page can do.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from '@playwright/test';
import type { Plain } from './plain.ts';

/** A request to the engine, as it arrived. */
interface Asked {
  method: string;
  transport: string;
  headers: IncomingHttpHeaders;
}

export interface Site extends Plain {
  readonly port: number;
  readonly asked: Asked[];
  /** Every answer that is a page sets these cookies. */
  cookies: string[];
  /** Its origin under another name of this machine. */
  as(host: string): string;
}

type EngineRequest = IncomingMessage & { _query: { transport: string } };

/** Gives a bare server a page at every path that is not the engine's, and notes what the engine is asked. */
export function withPage(plain: Plain): Site {
  const { io, origin } = plain;
  const port = Number(new URL(origin).port);
  const as = (host: string) => `http://${host}:${port}`;
  const site: Site = { ...plain, port, asked: [], cookies: [], as };
  io.httpServer.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith('/socket.io/')) return;
    res.setHeader('Set-Cookie', site.cookies).setHeader('Content-Type', 'text/html');
    res.end('<!doctype html><title>a page</title>');
  });
  io.engine.use(({ method, _query, headers }: EngineRequest, _res: object, next: () => void) => {
    site.asked.push({ method: method ?? '', transport: _query.transport, headers });
    next();
  });
  return site;
}

/** Runs the official client on the page; gives `connected`, or the message of its connect_error. */
export function meet(page: Page, origin: string, options: object = {}): Promise<string> {
  return page.evaluate(
    async ({ origin, options }) => {
      const path = '/socket.io/socket.io.esm.min.js';
      const { io } = await import(path);
      const socket = io(origin, { reconnection: false, forceNew: true, ...options });
      const answer = await new Promise<string>((resolve) => {
        socket.on('connect', () => resolve('connected'));
        socket.on('connect_error', ({ message }: Error) => resolve(message));
      });
      socket.disconnect();
      return answer;
    },
    { origin, options },
  );
}

/** Opens a bare WebSocket from the page and sends CONNECT; gives what it reads, up to what contains `last`. */
export function listen(page: Page, origin: string, last: string): Promise<string[]> {
  return page.evaluate(
    ({ url, last }) =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        const socket = new WebSocket(url);
        socket.onmessage = ({ data }) => {
          heard.push(data);
          if (data.startsWith('0')) socket.send('40');
          else if (data.includes(last)) resolve(heard);
        };
        socket.onclose = () => resolve([...heard, 'closed']);
      }),
    { url: `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, last },
  );
}

/** Reads the feed by script elements: the engine still answers the JSONP of older clients. */
export function listenByScript(page: Page, origin: string, last: string): Promise<string[]> {
  return page.evaluate(
    async ({ url, last }) => {
      const heard: string[] = [];
      Object.assign(window, { ___eio: [(text: string) => heard.push(text)] });
      const load = (query: string) =>
        new Promise<boolean>((resolve) => {
          const script = document.createElement('script');
          script.src = `${url}${query}&n=${heard.length}`;
          script.onload = () => resolve(true);
          script.onerror = () => resolve(false);
          document.head.append(script);
        });
      if (!(await load(''))) return heard;
      const sid = `&sid=${JSON.parse(heard[0]?.slice(1) ?? '').sid}`;
      const connect = new URLSearchParams({ d: '40' });
      const options = { method: 'POST', mode: 'no-cors', credentials: 'include' } as const;
      await fetch(`${url}${sid}`, { ...options, body: connect });
      while (!heard.slice(1).join().includes(last)) if (!(await load(sid))) break;
      return heard;
    },
    { url: `${origin}/socket.io/?EIO=4&transport=polling&j=0`, last },
  );
}

/** The names of the cookies in a request, in order. */
export function names(asked: Asked | undefined): string[] {
  const header = asked?.headers.cookie ?? '';
  return header.split('; ').flatMap((pair) => (pair ? [pair.split('=')[0] ?? ''] : []));
}
