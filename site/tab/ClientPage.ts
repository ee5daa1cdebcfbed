/** A page of the virtual browser: fetched from its server, shown in a frame of an opaque origin. */
import { copyCookies, serveClient } from './browser/host.ts';
import type { BrowserRequest, VirtualBrowser } from './browser/VirtualBrowser.ts';
import { ClientFrame } from './ClientFrame.ts';
import type { Leave } from './clientDocument.ts';
import { collect } from './collect.ts';
import type { Import } from './relink.ts';
import type { Runtime } from './runtime.ts';
import { stackOf } from './stack.ts';

export interface PageOptions {
  host: HTMLElement;
  browser: VirtualBrowser;
  runtime: Runtime;
  /** The frame's title, for those who do not see it. */
  label: string;
  /** `light`, `dark`, or nothing for what the system says. */
  theme: () => string;
  /** An error of the page's own script, as its console would show it. */
  fault: (text: string) => void;
}

interface Form {
  method: string;
  type: string;
  body: string;
}

export class ClientPage {
  private readonly options: PageOptions;
  private frame: ClientFrame | undefined;
  /** Waits for the next page. */
  private next: ClientFrame | undefined;
  private readonly lexed = new Map<string, Import[]>();
  private stop: () => void = () => {};
  private url = '';
  private visits = 0;

  constructor(options: PageOptions) {
    this.options = options;
    this.next = this.makeFrame();
  }

  /** Goes to an address as a reader does who types it, or, with `from`, as a link or a form of that page. */
  async open(url: string, from?: string, form?: Form): Promise<void> {
    const visit = ++this.visits;
    const { browser } = this.options;
    const type: [string, string][] = form ? [['Content-Type', form.type]] : [];
    const response = await browser.fetch({
      ...{
        url,
        method: form?.method ?? 'GET',
        headers: type,
        navigation: true,
        destination: 'document',
      },
      ...(form ? { body: new TextEncoder().encode(form.body) } : {}),
      initiator: from,
    });
    if (response.status === 204) return; // stays on the page (Fetch: a response without a document)
    this.url = response.url || url;
    const text = new TextDecoder().decode(response.body);
    const isHtml = response.headers.some(
      ([name, value]) => /^content-type$/i.test(name) && /html/.test(value),
    );
    const frame = this.next ?? this.makeFrame();
    this.next = frame;
    const page = await collect(
      { url: this.url, text, isHtml },
      {
        ask: (...asked) => this.text(...asked),
        importsOf: (code, url) => this.importsOf(frame, code, url),
      },
    );
    if (visit === this.visits) await this.show(page);
  }

  reload(): Promise<void> {
    return this.open(this.url);
  }

  /** Takes the page out of use until the next one stands. */
  freeze(): void {
    this.frame?.freeze();
  }

  close(): void {
    this.visits += 1;
    this.stop();
    this.frame?.close();
    this.next?.close();
    this.frame = undefined;
    this.next = undefined;
  }

  /** A style or a module, asked for as Chromium asks: `from` is the page, or the module that imports it. */
  private async text(url: string, destination: 'style' | 'script', from: string): Promise<string> {
    const style: Partial<BrowserRequest> = {
      mode: 'no-cors',
      headers: [['Accept', 'text/css,*/*;q=0.1']],
    };
    const how = destination === 'style' ? style : {};
    const request = { url, destination, initiator: from, ...how };
    const { body, status } = await this.options.browser.fetch(request);
    if (status !== 200) throw new Error(`${url} answered ${status}.`);
    return new TextDecoder().decode(body);
  }

  /** Asks the frame once for each text: most of a page's modules are those of the run before. */
  private async importsOf(frame: ClientFrame, code: string, url: string): Promise<Import[]> {
    const found = this.lexed.get(code) ?? (await frame.importsOf(code, url));
    if (this.lexed.size > 20) this.lexed.clear();
    this.lexed.set(code, found);
    return found;
  }

  private async show(page: Awaited<ReturnType<typeof collect>>): Promise<void> {
    this.stop();
    this.frame?.close();
    const { browser, label, theme } = this.options;
    const frame = this.next ?? this.makeFrame();
    this.frame = frame;
    this.next = undefined;
    const { port1, port2 } = new MessageChannel();
    this.stop = serveClient(port1, browser, page.url);
    const cookies = copyCookies(browser, page.url);
    await frame.show({ ...page, cookies, theme: theme() }, label, port2);
    if (frame === this.frame) this.next = this.makeFrame();
  }

  private makeFrame(): ClientFrame {
    const { host, runtime } = this.options;
    const client = runtime.client();
    const frame = new ClientFrame(host, client, (data) => {
      if (frame === this.frame) this.take(data);
    });
    client.catch(() => {
      if (frame === this.next) this.next = undefined; // what is made next asks again
      frame.close();
    });
    return frame;
  }

  /** What a page of an opaque origin says is looked at before it is believed. */
  private take(data: object): void {
    if ('fault' in data) {
      this.options.fault(stackOf(String(data.fault), Reflect.get(data, 'stack')).slice(0, 10_000));
    }
    if (!('leave' in data)) return;
    const { url, method, type, fields } = (data as Leave).leave;
    const target = new URL(String(url), this.url);
    if (!/^https?:$/.test(target.protocol)) return;
    const pairs = fields.map(([name, value]): [string, string] => [String(name), String(value)]);
    const going =
      method === 'POST'
        ? this.open(target.href, this.url, {
            method,
            type: String(type),
            body: encodeForm(String(type), pairs),
          })
        : this.open(withQuery(target, pairs), this.url);
    going.catch((error: Error) => this.options.fault(error.message));
  }
}

function withQuery(url: URL, fields: [string, string][]): string {
  if (fields.length > 0) url.search = String(new URLSearchParams(fields));
  return url.href;
}

/** The body of a form (HTML, section 4.10.21.8); `multipart/form-data` is not sent from here. */
function encodeForm(type: string, fields: [string, string][]): string {
  if (type === 'text/plain') return fields.map(([name, value]) => `${name}=${value}\r\n`).join('');
  return String(new URLSearchParams(fields));
}
