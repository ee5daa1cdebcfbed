/** A page of the virtual browser: fetched from its server, shown in a frame of an opaque origin. */
import { copyCookies, serveClient } from './browser/host.ts';
import type { BrowserRequest, VirtualBrowser } from './browser/VirtualBrowser.ts';
import { clientFrame, type Leave, type Show } from './clientFrame.ts';
import { relink } from './imports.ts';
import type { Runtime } from './runtime.ts';

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
  private frame: HTMLIFrameElement | undefined;
  private stop: () => void = () => {};
  private url = '';
  private visits = 0;

  constructor(options: PageOptions) {
    this.options = options;
    addEventListener('message', this.hear);
  }

  /** Goes to an address as a reader does who types it, or, with `from`, as a link or a form of that page. */
  async open(url: string, from?: string, form?: Form): Promise<void> {
    const visit = ++this.visits;
    const { browser, runtime } = this.options;
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
    const html = new TextDecoder().decode(response.body);
    const isHtml = response.headers.some(
      ([name, value]) => /^content-type$/i.test(name) && /html/.test(value),
    );
    // Styles are taken out first: this page's policy would have a word with them even in a parsed document.
    const styles: string[] = [];
    const bare = html.replace(/<style\b[^>]*>([\s\S]*?)<\/style>/gi, (_whole, text: string) => {
      styles.push(text);
      return '';
    });
    const document = new DOMParser().parseFromString(isHtml ? bare : '', 'text/html');
    if (!isHtml)
      document.body.append(Object.assign(document.createElement('pre'), { textContent: html }));
    const show = await this.collect(document, styles);
    const client = await runtime.chunksOf(['client']);
    if (visit === this.visits) await this.show({ ...show, client });
  }

  reload(): Promise<void> {
    return this.open(this.url);
  }

  close(): void {
    this.visits += 1;
    this.stop();
    this.frame?.remove();
    this.frame = undefined;
    removeEventListener('message', this.hear);
  }

  /** What the page is made of: its own text, its styles and its modules, by its own requests. */
  private async collect(document: Document, styles: string[]): Promise<Omit<Show, 'client'>> {
    const at = (path: string) => new URL(path, this.url).href;
    const names = importMap(document);
    const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
    const css = await Promise.all(
      links.map((link) => this.text(at(link.getAttribute('href') ?? ''), 'style', this.url)),
    );
    css.push(...styles);
    const modules = new Map<string, string>();
    const add = async (url: string, from: string): Promise<void> => {
      if (modules.has(url)) return;
      modules.set(url, '');
      const code = await this.text(url, 'script', from);
      const needs: string[] = [];
      const linked = await relink(code, (specifier) => {
        const target = new URL(names[specifier] ?? specifier, url).href;
        needs.push(target);
        return `handshake:${target}`;
      });
      for (const need of needs) await add(need, url);
      modules.delete(url); // again, behind those that it needs
      modules.set(url, linked);
    };
    const scripts = [...document.querySelectorAll('script[type="module"][src]')];
    const entries = scripts.map((script) => at(script.getAttribute('src') ?? ''));
    for (const entry of entries) await add(entry, this.url);
    return {
      url: this.url,
      title: document.title,
      attributes: [...document.documentElement.attributes].map(({ name, value }) => [name, value]),
      body: document.body.innerHTML,
      css,
      theme: this.options.theme(),
      modules: [...modules].map(([url, code]) => ({ url, code })),
      entries,
      resources: [...links.map((link) => at(link.getAttribute('href') ?? '')), ...modules.keys()],
    };
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

  private async show(show: Show): Promise<void> {
    this.stop();
    this.frame?.remove();
    const { host, browser, label } = this.options;
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts allow-forms');
    frame.title = label;
    frame.srcdoc = clientFrame;
    this.frame = frame;
    const ready = new Promise<void>((resolve) => {
      this.isReady = resolve;
    });
    host.append(frame);
    await ready;
    const { port1, port2 } = new MessageChannel();
    this.stop = serveClient(port1, browser, show.url);
    const cookies = copyCookies(browser, show.url);
    const shown = new Promise<void>((resolve) => {
      this.isShown = resolve;
    });
    frame.contentWindow?.postMessage({ ...show, cookies }, '*', [port2]);
    await shown;
  }
  private isReady = () => {};
  private isShown = () => {};

  private readonly hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (!this.frame || source !== this.frame.contentWindow) return;
    if (data === 'ready') this.isReady();
    else if (data === 'shown') this.isShown();
    else if (typeof data === 'object' && data !== null) this.take(data);
  };

  /** What a page of an opaque origin says is looked at before it is believed. */
  private take(data: object): void {
    if ('fault' in data) {
      this.options.fault(String(data.fault).slice(0, 10_000));
      this.isShown();
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

/** The import map of a page; none when there is none, or it is no JSON. */
function importMap(document: Document): Record<string, string> {
  try {
    const { imports } = JSON.parse(
      document.querySelector('script[type="importmap"]')?.textContent ?? '{}',
    );
    return typeof imports === 'object' && imports ? imports : {};
  } catch {
    return {};
  }
}
