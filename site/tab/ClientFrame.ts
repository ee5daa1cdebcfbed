/** A frame of an opaque origin for one page of the virtual browser: first made ready, then given the page. */

import { type Fields, fieldsOf, isText } from './checks.ts';
import { clientDocument, type Show } from './clientDocument.ts';
import type { Chunk } from './packs.ts';
import type { Import } from './relink.ts';

interface Lexed {
  imports?: Import[];
  broken?: string;
}

const isImports = (value: unknown): value is Import[] =>
  Array.isArray(value) &&
  value.every((each) => {
    const { specifier, start, end } = fieldsOf(each);
    return isText(specifier) && Number.isInteger(start) && Number.isInteger(end);
  });

export class ClientFrame {
  private readonly element = document.createElement('iframe');
  private readonly says: (data: object) => void;
  private readonly ready: Promise<void>;
  private isReady = () => {};
  private isShown = () => {};
  private readonly lexing: ((lexed: Lexed) => void)[] = [];

  /** Hidden in `host` until it is shown. `client`: the runtime's; `says` gets what the frame says, unchecked. */
  constructor(host: HTMLElement, client: Promise<Chunk[]>, says: (data: object) => void) {
    this.says = says;
    this.element.setAttribute('sandbox', 'allow-scripts allow-forms');
    this.element.srcdoc = clientDocument;
    this.element.hidden = true;
    addEventListener('message', this.hear);
    const started = new Promise<void>((resolve) => {
      this.isReady = resolve;
    });
    host.append(this.element);
    this.ready = Promise.all([client, started]).then(([chunks]) => this.post({ client: chunks }));
    this.ready.catch(() => {}); // said to whoever shows a page
  }

  /** Where a module names others: the frame has the lexer. Rejects on broken syntax. */
  async importsOf(code: string, url: string): Promise<Import[]> {
    await this.ready;
    const { imports, broken } = await new Promise<Lexed>((resolve) => {
      this.post({ lex: { id: this.lexing.push(resolve) - 1, code, url } });
    });
    if (imports) return imports;
    throw new Error(broken ?? `${url} could not be read.`);
  }

  /** Resolves when the page's scripts have run, or one has thrown. Rejects when the client cannot be fetched. */
  async show(show: Show, label: string, port: MessagePort): Promise<void> {
    await this.ready;
    this.element.title = label;
    this.element.hidden = false;
    const shown = new Promise<void>((resolve) => {
      this.isShown = resolve;
    });
    this.post(show, port);
    await shown;
  }

  /** Its page can no longer be used, while the next one is on its way. */
  freeze(): void {
    this.element.inert = true;
  }

  close(): void {
    removeEventListener('message', this.hear);
    this.element.remove();
    this.isShown();
  }

  private lexed({ id, imports, broken }: Fields): void {
    if (typeof id !== 'number') return;
    this.lexing[id]?.(isImports(imports) ? { imports } : { broken: String(broken) });
  }

  private post(message: object, ...ports: MessagePort[]): void {
    this.element.contentWindow?.postMessage(message, '*', ports);
  }

  private readonly hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (source !== this.element.contentWindow) return;
    if (data === 'ready') this.isReady();
    else if (data === 'shown') this.isShown();
    else if (typeof data === 'object' && data !== null) {
      if ('lexed' in data) this.lexed(fieldsOf(data.lexed));
      if ('fault' in data) this.isShown();
      this.says(data);
    }
  };
}
