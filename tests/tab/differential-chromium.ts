// What a real browser and a server in Node say to each other, told in the events of the virtual browser.
import type { CDPSession, Page } from '@playwright/test';
import type { Header, WireEvent } from '../../site/tab/wire.ts';

type Fields = Record<string, string>;
const headersOf = (fields: Fields): Header[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value.split('\n').map((line): Header => [name, line]),
  );

export class ChromiumWire {
  readonly events: WireEvent[] = [];
  private readonly session: CDPSession;
  private readonly numbers = new Map<string, number>();
  private readonly bodies: Promise<unknown>[] = [];
  /** The headers as they were sent come in events of their own, before or after. */
  private readonly headers = new Map<string, Header[]>();
  private readonly answers = new Map<string, { status: number; statusText: string }>();

  static async watch(page: Page): Promise<ChromiumWire> {
    const session = await page.context().newCDPSession(page);
    const wire = new ChromiumWire(session);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    return wire;
  }

  private constructor(session: CDPSession) {
    this.session = session;
    session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) =>
      this.fill(`${requestId} request`, headers),
    );
    session.on('Network.responseReceivedExtraInfo', ({ requestId, headers }) =>
      this.fill(`${requestId} response`, headers),
    );
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!request.url.startsWith('http://localhost')) return;
      const { method, url, postData = '' } = request;
      const headers = this.headersFor(`${requestId} request`);
      this.emit(requestId, { kind: 'request', method, url, headers, body: postData });
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      this.answers.set(requestId, response);
    });
    session.on('Network.loadingFinished', ({ requestId }) => this.finish(requestId));
    session.on('Network.loadingFailed', ({ requestId, errorText }) => {
      // A body that nobody reads can be given up when the answer is there.
      if (this.answers.has(requestId)) this.finish(requestId);
      else this.emit(requestId, { kind: 'blocked', why: errorText });
    });
    this.watchSockets();
  }

  private watchSockets(): void {
    const { session } = this;
    const urls = new Map<string, string>();
    session.on('Network.webSocketCreated', ({ requestId, url }) => urls.set(requestId, url));
    session.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, request }) => {
      const url = urls.get(requestId) ?? '';
      const headers = headersOf(request.headers as Fields);
      this.emit(requestId, { kind: 'request', method: 'GET', url, headers, body: '' });
    });
    session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
      const { status, statusText } = response;
      const headers = headersOf(response.headers as Fields);
      this.emit(requestId, { kind: 'response', status, statusText, headers, body: '' });
    });
    session.on('Network.webSocketFrameSent', ({ requestId, response }) => {
      if (response.opcode === 1)
        this.emit(requestId, { kind: 'message', from: 'client', text: response.payloadData });
    });
    session.on('Network.webSocketFrameReceived', ({ requestId, response }) => {
      if (response.opcode === 1)
        this.emit(requestId, { kind: 'message', from: 'server', text: response.payloadData });
    });
    session.on('Network.webSocketFrameError', ({ requestId, errorMessage }) => {
      this.emit(requestId, { kind: 'blocked', why: errorMessage });
    });
    session.on('Network.webSocketClosed', ({ requestId }) => {
      this.emit(requestId, { kind: 'close', from: 'server' });
    });
  }

  /** Waits until every body is there, and hears no more. */
  async end(): Promise<void> {
    await Promise.all(this.bodies);
    await this.session.detach();
  }

  private emit(
    requestId: string,
    detail: WireEvent extends infer Event
      ? Event extends WireEvent
        ? Omit<Event, 'at' | 'browser' | 'exchange'>
        : never
      : never,
  ): void {
    const exchange = this.numbers.get(requestId) ?? this.numbers.size + 1;
    this.numbers.set(requestId, exchange);
    this.events.push({ at: Date.now(), browser: 'Chromium', exchange, ...detail } as WireEvent);
  }

  private finish(requestId: string): void {
    const answer = this.answers.get(requestId);
    if (!answer || !this.numbers.has(requestId)) return;
    const { status, statusText } = answer;
    const headers = this.headersFor(`${requestId} response`);
    this.emit(requestId, { kind: 'response', status, statusText, headers, body: '' });
    const event = this.events.at(-1);
    const read = async () => {
      const { body, base64Encoded } = await this.session.send('Network.getResponseBody', {
        requestId,
      });
      const text = base64Encoded ? Buffer.from(body, 'base64').toString() : body;
      if (event?.kind === 'response') event.body = text;
    };
    this.bodies.push(read().catch(() => {})); // 204 has none
  }

  /** The list that `fill` fills, or has filled. */
  private headersFor(key: string): Header[] {
    const found = this.headers.get(key) ?? [];
    this.headers.set(key, found);
    return found;
  }

  private fill(key: string, fields: Fields): void {
    this.headersFor(key).push(...headersOf(fields));
  }
}
