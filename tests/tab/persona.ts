// One persona's virtual browser for tests, with what its server answers.
import assert from 'node:assert/strict';
import { type BrowserRequest, VirtualBrowser } from '../../site/tab/browser/VirtualBrowser.ts';
import type { Header, HttpRequest, HttpResponse, Server, WireEvent } from '../../site/tab/wire.ts';
import { fakeServer, headerOf, told } from './memory.ts';

export const PAGE = 'http://localhost:3001';
export const OTHER = 'http://localhost:3002';
export const FOREIGN = 'http://127.0.0.1:3001';

export function makeBrowser(server: Server) {
  const events: WireEvent[] = [];
  let time = 1000;
  const browser = new VirtualBrowser({
    name: 'Ann',
    origin: PAGE,
    server,
    watch: (event) => events.push(event),
    now: () => time,
  });
  const get = (path: string, over: Partial<BrowserRequest> = {}) =>
    browser.fetch({ url: new URL(path, PAGE).href, initiator: PAGE, ...over });
  const fails = async (path: string, over: Partial<BrowserRequest> = {}) => {
    await assert.rejects(get(path, over), { name: 'TypeError', message: 'Failed to fetch' });
    return told(events).at(-1) ?? '';
  };
  const wait = (ms: number) => {
    time += ms;
  };
  return { browser, events, get, fails, wait };
}

/** One browser and one server on port 3001. */
export function setUp(handle: (request: HttpRequest) => Partial<HttpResponse> = () => ({})) {
  const { server, asked } = fakeServer(3001, handle);
  return {
    ...makeBrowser(server),
    asked,
    sent: (name: string) => headerOf(asked.at(-1)?.headers ?? [], name),
  };
}

export const setCookie = (line: string): Header => ['Set-Cookie', line];
export const allow = (origin: string): Header => ['Access-Control-Allow-Origin', origin];
export const allowCredentials: Header = ['Access-Control-Allow-Credentials', 'true'];
export const to = (location: string, status = 302) => ({
  status,
  headers: [['Location', location]] as Header[],
});
