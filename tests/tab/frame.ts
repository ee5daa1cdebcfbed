// A client's frame for tests, with the page's end of it behind a real MessagePort.
import type { TestContext } from 'node:test';
import { installClient } from '../../site/tab/browser/client.ts';
import { copyCookies, serveClient } from '../../site/tab/browser/host.ts';
import { VirtualBrowser } from '../../site/tab/browser/VirtualBrowser.ts';
import type { HttpRequest, HttpResponse, Server, WireEvent } from '../../site/tab/wire.ts';
import { fakeServer, wsConnection } from './memory.ts';

export const PAGE = 'http://localhost:3001';

export interface Frame {
  document: { cookie: string };
  fetch: typeof fetch;
  XMLHttpRequest: typeof XMLHttpRequest;
  WebSocket: typeof WebSocket;
}

/** A frame of a page, and its browser. */
export function openFrame(context: TestContext, server: Server, page = `${PAGE}/chat/`) {
  const events: WireEvent[] = [];
  const watch = (event: WireEvent) => void events.push(event);
  const browser = new VirtualBrowser({ name: 'Ann', origin: PAGE, server, watch });
  const { port1, port2 } = new MessageChannel();
  const frame = { document: {} } as Frame;
  const stop = serveClient(port1 as MessagePort, browser, page);
  const setup = { port: port2 as MessagePort, page, cookies: copyCookies(browser, page) };
  installClient(frame, setup);
  context.after(() => {
    stop();
    port1.close();
  });
  return { frame, browser, events, port: port2 as MessagePort, stop };
}

export function setUp(
  context: TestContext,
  handle: (request: HttpRequest) => Partial<HttpResponse> = () => ({}),
  page?: string,
) {
  const { server, asked } = fakeServer(3001, handle);
  return { asked, ...openFrame(context, server, page) };
}

export const echo = (context: TestContext) => {
  const { server } = fakeServer(
    3001,
    () => ({}),
    () =>
      wsConnection((socket) =>
        socket.on('message', (data, binary) => socket.send(data, { binary })),
      ),
  );
  return openFrame(context, server);
};

export const bytes = (text: string) => new TextEncoder().encode(text);
