// A server that runs in a tab, and stands at a real address of this machine: each connection that arrives there is
// passed on to the worker. So every raw client and every attack meets it as it meets the server in Node.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { rolldown } from 'rolldown';
import { readExample } from '../../site/tab/prepare.ts';
import type { Header } from '../../site/tab/wire.ts';
import { SECRET, signToken, until, type Variant } from './example.ts';
import type { Order } from './orders.ts';
import type { Plain, TabApi, Told } from './tab-page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');
/** What the server in the tab is given beside the example, so that it obeys. */
const steering = ['obey.ts', 'steer-sessions.ts', 'known-hashes.ts'].map(
  (file) => `tests/support/${file}`,
);
const knownHashes: Variant = [
  [
    "scrypt, timingSafeEqual } from 'node:crypto';",
    "timingSafeEqual } from 'node:crypto';\nimport { scrypt } from '../../tests/support/known-hashes.ts';",
    'users.ts',
  ],
];
/** What any server in the tab has hashed so far: the ones to come need not. */
const hashes: Record<string, string> = {};

declare const tab: TabApi;

/** Serves an empty page with the harness, and the runtime as the site would. */
export async function startHarness(): Promise<{ origin: string; close: () => void }> {
  const bundle = await rolldown({ input: `${root}tests/support/tab-page.ts`, logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm' });
  const server = createServer((req, res) => {
    const path = req.url ?? '/';
    // A careless host: so that the frame's own policy has to hold (see the isolation tests).
    res.setHeader('Access-Control-Allow-Origin', '*');
    if (path === '/') {
      res.setHeader('Content-Type', 'text/html');
      res.end(
        '<!doctype html><title>tab</title><body><script type="module" src="/harness.js"></script>',
      );
    } else {
      res.setHeader('Content-Type', 'text/javascript');
      res.end(path === '/harness.js' ? output[0].code : readFileSync(`${root}public${path}`));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, close: () => void server.close() };
}

export interface TabOptions {
  env?: Record<string, string>;
  variant?: Variant;
  /** Whether it takes orders. Default: true. */
  steered?: boolean;
}

let ids = 0;
let connections = 0; // of all servers: the page knows them by number

export class TabExample {
  readonly name: string;
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  origin = '';
  alive = true;
  /** Why it ended, when the page ended it. */
  why = '';
  exitCode: number | undefined;
  private readonly id = ++ids;
  private readonly page: Page;
  private readonly bridge: Server;
  private readonly upgraded = new Map<number, Socket>();
  private readonly lookups: string[] = [];
  private readonly answers = new Map<number, (value: unknown) => void>();
  private orders = 0;
  private port = 0;

  private constructor(name: string, page: Page) {
    this.name = name;
    this.page = page;
    this.bridge = createServer((req, res) => void this.pass(req, res));
    this.bridge.on('upgrade', (req, socket) => this.passUpgrade(req, socket as Socket));
  }

  /** Starts an example in the page; resolves when it listens, or when it has ended. */
  static async start(
    page: Page,
    listeners: Map<number, (told: Told) => void>,
    name: string,
    { env = {}, variant = [], steered = true }: TabOptions = {},
  ): Promise<TabExample> {
    const example = new TabExample(name, page);
    listeners.set(example.id, (told) => example.hear(told));
    await new Promise<void>((resolve) => example.bridge.listen(0, '127.0.0.1', resolve));
    const at = (example.bridge.address() as AddressInfo).port;
    example.origin = `http://localhost:${at}`;
    const { files, entry } = readExample(root, name);
    const extra = steered ? steering : [];
    const edits = steered ? [...knownHashes, ...variant] : variant;
    const all = files.map(([path, text]): [string, string] => [path, vary(path, text, edits)]);
    for (const file of extra) all.push([`/handshake/${file}`, read(file)]);
    const run = {
      files: all,
      entry,
      preload: extra.slice(0, 1).map((file) => `/handshake/${file}`),
      args: ['--port', String(at)],
      env: {
        ...{ JWT_SECRET: SECRET, SESSION_SECRET: SECRET },
        HANDSHAKE_HASHES: JSON.stringify(hashes),
        ...env,
      },
    };
    const manifest = JSON.parse(read('site/tab/manifest.json'));
    await page.evaluate(([id, m, r]) => tab.start(id, m, '/tab/', r), [
      example.id,
      manifest,
      run,
    ] as const);
    await until(() => example.port > 0 || !example.alive, 15_000);
    return example;
  }

  get log(): Record<string, unknown>[] {
    return this.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  }
  sign = signToken;

  steer(order: Order): Promise<unknown> {
    if (!this.alive) return Promise.resolve(undefined);
    this.orders += 1;
    const n = this.orders;
    void this.page.evaluate(([id, message]) => tab.ipc(id, message), [
      this.id,
      { n, order },
    ] as const);
    return new Promise((resolve) => this.answers.set(n, resolve));
  }
  async lookup(id: string): Promise<void> {
    const before = this.lookups.length;
    await until(() => this.lookups.slice(before).includes(id), 5_000);
  }
  signal(name: 'SIGINT' | 'SIGTERM'): Promise<void> {
    return this.page.evaluate(([id, sent]) => tab.signal(id, sent), [
      this.id,
      name,
    ] as const) as Promise<void>;
  }
  async stop(): Promise<void> {
    this.alive = false;
    this.bridge.close();
    this.bridge.closeAllConnections();
    for (const socket of this.upgraded.values()) socket.destroy();
    await this.page.evaluate((id) => tab.end(id), this.id);
  }

  private hear(told: Told): void {
    if (told.kind === 'listening') this.port = told.port;
    else if (told.kind === 'output') {
      const into = told.stream === 'stdout' ? this.lines : this.errors;
      into.push(...told.text.split('\n').filter(Boolean));
    } else if (told.kind === 'exit') {
      Object.assign(this, { alive: false, exitCode: told.code, why: told.why });
      for (const socket of this.upgraded.values()) socket.destroy();
      for (const answer of this.answers.values()) answer(undefined);
    } else if (told.kind === 'ipc') {
      const { lookup, done, value, hashed } = told.message as {
        lookup?: string;
        done?: number;
        value?: unknown;
        hashed?: [key: string, bytes: string];
      };
      if (hashed) hashes[hashed[0]] = hashed[1];
      if (lookup) this.lookups.push(lookup);
      if (done !== undefined) this.answers.get(done)?.(value);
    } else if (told.kind === 'bytes')
      this.upgraded.get(told.id)?.write(Buffer.from(told.bytes, 'base64'));
    else {
      this.upgraded.get(told.id)?.destroySoon();
      this.upgraded.delete(told.id);
    }
  }

  private async pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const id = ++connections;
    const chunks: Buffer[] = [];
    res.once('close', () => {
      if (!res.writableEnded)
        void this.page.evaluate((each) => tab.close(each), id).catch(() => {});
    });
    for await (const chunk of req) chunks.push(chunk);
    const request: Plain = { ...plain(req), body: Buffer.concat(chunks).toString('base64') };
    try {
      const { status, statusText, headers, body } = await this.page.evaluate(
        ([server, each, port, asked]) => tab.request(server, each, port, asked),
        [this.id, id, this.port, request] as const,
      );
      res.sendDate = false;
      const own = headers.filter(
        ([name]) => !/^(?:connection|keep-alive|transfer-encoding)$/i.test(name),
      );
      res.writeHead(status, statusText, own.flat()).end(Buffer.from(body, 'base64'));
    } catch {
      req.socket.destroy();
    }
  }

  private passUpgrade(req: IncomingMessage, socket: Socket): void {
    const id = ++connections;
    this.upgraded.set(id, socket);
    const close = () => void this.page.evaluate((each) => tab.close(each), id).catch(() => {});
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      const text = bytes.toString('base64');
      void this.page
        .evaluate(([each, sent]) => tab.write(each, sent), [id, text] as const)
        .catch(() => {});
    });
    socket.once('close', close);
    void this.page
      .evaluate(([server, each, port, asked]) => tab.upgrade(server, each, port, asked), [
        this.id,
        id,
        this.port,
        plain(req),
      ] as const)
      .catch(() => socket.destroy());
  }
}

/** The request as it came, but for `Accept-Encoding`: the tab has no zlib, and its browser asks for none. */
function plain(req: IncomingMessage): Plain {
  const headers: Header[] = [];
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(at, at + 2);
    if (name.toLowerCase() !== 'accept-encoding') headers.push([name, value]);
  }
  return { method: req.method ?? 'GET', target: req.url ?? '/', headers };
}

/** The same edits that vary.ts makes, each to a text that stands exactly once. */
function vary(path: string, text: string, variant: Variant): string {
  let varied = text;
  for (const [from, to, file = 'server.ts'] of variant) {
    if (!path.startsWith('/handshake/examples/') || !path.endsWith(`/${file}`)) continue;
    if (varied.split(from).length !== 2) throw new Error(`not exactly once in ${path}: ${from}`);
    varied = varied.replace(from, () => to);
  }
  return varied;
}
