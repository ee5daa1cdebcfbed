/** The browsers of a playground: the reader's first one, and a second beside it on request. */
import { VirtualBrowser } from '../tab/browser/VirtualBrowser.ts';
import { ClientPage } from '../tab/ClientPage.ts';
import type { Runtime } from '../tab/runtime.ts';
import type { Server, WireEvent } from '../tab/wire.ts';

interface Options {
  host: HTMLElement;
  runtime: Runtime;
  watch: (event: WireEvent) => void;
  fault: (text: string) => void;
}

interface Window {
  name: string;
  browser: VirtualBrowser;
  page: ClientPage;
  element: HTMLElement;
}

const theme = () => document.documentElement.dataset['theme'] ?? '';

export class Browsers {
  private readonly options: Options;
  private readonly windows: Window[] = [];
  private server: Server | undefined;
  private origin = '';

  constructor(options: Options) {
    this.options = options;
  }

  /** Opens the server's page in every browser that there is. Their cookies are those of the last run. */
  async open(server: Server, port: number): Promise<void> {
    this.server = server;
    this.origin = `http://localhost:${port}`;
    if (this.windows.length === 0) this.add('First browser');
    await Promise.all(this.windows.map(({ page }) => page.open(`${this.origin}/`)));
  }

  /** A browser with cookies of its own: another person. */
  second(): void {
    const { page } = this.add(`Browser ${this.windows.length + 1}`);
    page.open(`${this.origin}/`).catch((error: Error) => this.options.fault(error.message));
  }

  private add(name: string): Window {
    const { host, runtime, watch, fault } = this.options;
    const element = document.createElement('div');
    element.className = 'window';
    const bar = document.createElement('p');
    bar.className = 'window-bar';
    const label = document.createElement('span');
    label.textContent = `${name}: ${this.origin}/`;
    const reload = document.createElement('button');
    Object.assign(reload, { type: 'button', className: 'plain', textContent: 'Reload' });
    bar.append(label, reload);
    element.append(bar);
    host.append(element);
    const server: Server = { connect: (port) => this.server?.connect(port) };
    const browser = new VirtualBrowser({ name, origin: this.origin, server, watch });
    const page = new ClientPage({ host: element, browser, runtime, label: name, theme, fault });
    reload.addEventListener('click', () => {
      page.reload().catch((error: Error) => fault(error.message));
    });
    const made = { name, browser, page, element };
    this.windows.push(made);
    return made;
  }
}
