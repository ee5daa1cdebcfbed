/** The browsers of a playground: the reader's first one, and a second beside it on request. */
import { VirtualBrowser } from '../tab/browser/VirtualBrowser.ts';
import { ClientPage } from '../tab/ClientPage.ts';
import type { Runtime } from '../tab/runtime.ts';
import type { Server, WireEvent } from '../tab/wire.ts';

interface Options {
  host: HTMLElement;
  runtime: Runtime;
  /** Where the server is expected; an edit may move it. */
  port: number;
  watch: (event: WireEvent) => void;
  fault: (text: string) => void;
}

interface Window {
  name: string;
  browser: VirtualBrowser;
  page: ClientPage;
  bar: HTMLElement;
}

const theme = () => document.documentElement.dataset['theme'] ?? '';

export class Browsers {
  private readonly options: Options;
  private readonly windows: Window[] = [];
  private server: Server | undefined;
  private origin: string;
  private others: Server | undefined;
  private foreignPage: ClientPage | undefined;

  constructor(options: Options) {
    this.options = options;
    this.origin = `http://localhost:${options.port}`;
    this.add('First browser');
  }

  /** Opens the server's page in every browser that there is. Their cookies are those of the last run. */
  async open(server: Server, port: number): Promise<void> {
    this.server = server;
    this.origin = `http://localhost:${port}`;
    for (const { bar, name } of this.windows) bar.textContent = `${name}: ${this.origin}/`;
    await Promise.all(this.windows.map(({ page }) => page.open(`${this.origin}/`)));
  }

  /** The pages of a server that has ended: out of use until they are opened anew. */
  freeze(): void {
    for (const { page } of this.windows) page.freeze();
  }

  /** A browser with cookies of its own: another person. */
  second(): void {
    const { page } = this.add(`Browser ${this.windows.length + 1}`);
    page.open(`${this.origin}/`).catch((error: Error) => this.options.fault(error.message));
  }

  /** A page of another origin in the first browser, with its cookies: what an attacker has. */
  foreign(server: Server, port: number): void {
    const [first] = this.windows;
    if (!first) return;
    this.others = { connect: (asked) => (asked === port ? server.connect(asked) : undefined) };
    const url = `http://localhost:${port}/`;
    this.foreignPage?.close();
    this.foreignPage = this.show(`Another origin: ${url}`, 'Another origin', first.browser).page;
    this.foreignPage.open(url).catch((error: Error) => this.options.fault(error.message));
  }

  private add(name: string): Window {
    const { watch } = this.options;
    const server: Server = {
      connect: (port) => this.server?.connect(port) ?? this.others?.connect(port),
    };
    const browser = new VirtualBrowser({ name, origin: this.origin, server, watch });
    const made = { name, browser, ...this.show(`${name}: ${this.origin}/`, name, browser) };
    this.windows.push(made);
    return made;
  }

  /** A page in a window of its own. */
  private show(title: string, name: string, browser: VirtualBrowser): Pick<Window, 'page' | 'bar'> {
    const { host, runtime, fault } = this.options;
    const element = document.createElement('div');
    element.className = 'window';
    const head = document.createElement('p');
    head.className = 'window-bar';
    const bar = document.createElement('span');
    bar.textContent = title;
    const reload = document.createElement('button');
    Object.assign(reload, { type: 'button', className: 'plain', textContent: 'Reload' });
    head.append(bar, reload);
    element.append(head);
    host.append(element);
    const page = new ClientPage({ host: element, browser, runtime, label: name, theme, fault });
    reload.addEventListener('click', () => {
      page.reload().catch((error: Error) => fault(error.message));
    });
    return { page, bar };
  }
}
