/**
 * The playground: a server in the tab, the browsers that speak to it, the reader's edits, and the wire between them.
 *
 * Its life: stopped, starting, running, then stopped again, by the reader or by the server itself. A run gets the
 * edits as they are when Run is pressed. Nothing from the address of the page runs by itself.
 */
import manifest from '../tab/manifest.json';
import type { Run } from '../tab/messages.ts';
import type { ExampleFiles } from '../tab/prepare.ts';
import { Runtime } from '../tab/runtime.ts';
import { TabServer } from '../tab/TabServer.ts';
import { Browsers } from './Browsers.ts';
import { Editing } from './Editing.ts';
import { withoutGuess } from './editing/locate.ts';
import { makeParts, type Parts, print } from './parts.ts';
import type { Place } from './place.ts';
import { WireView } from './wire/view.ts';
import './styles.ts';

/** Where the official client lies, which the foreign page needs too. */
const CLIENT_FOLDER = '/node_modules/socket.io/client-dist/';

/** Comes with the examples whose cookies a page of another origin goes for. */
const OTHER_ORIGIN = '/handshake/examples/lib/other-origin.ts';

const runtimes = new Map<string, Runtime>();
const sources = new Map<string, Promise<ExampleFiles>>();

function runtimeOf({ dataset }: HTMLElement): Runtime {
  const base = dataset['base'] ?? '/tab/';
  const found = runtimes.get(base) ?? new Runtime(manifest, base);
  runtimes.set(base, found);
  return found;
}

function sourcesOf({ dataset }: HTMLElement): Promise<ExampleFiles> {
  const name = dataset['example'] ?? '';
  const file = (manifest.examples as Record<string, string>)[name];
  if (!file) return Promise.reject(new Error(`There is no example ${name}.`));
  const found = sources.get(name) ?? fetchExample(`${dataset['base']}${file}`);
  sources.set(name, found);
  found.catch(() => sources.delete(name));
  return found;
}

async function fetchExample(url: string): Promise<ExampleFiles> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The example did not load: ${response.status}.`);
  return response.json();
}

/** Gets a worker ready for the example, before a run is asked for. */
export async function warm(element: HTMLElement): Promise<void> {
  await TabServer.warm(runtimeOf(element), await sourcesOf(element));
}

export class Playground {
  private readonly element: HTMLElement;
  private readonly example: ExampleFiles;
  private readonly parts: Parts;
  private readonly wire: WireView;
  private readonly browsers: Browsers;
  private readonly editing: Editing;
  private server: TabServer | undefined;
  private other: TabServer | undefined;
  private runs = 0;
  private ran: Run['files'] = [];

  /** Puts the playground in place of what the element shows, and runs the example. */
  static async open(element: HTMLElement): Promise<void> {
    const example = await sourcesOf(element);
    // The worker loads while the parts of the page are made. What fails here will fail in the run, which says so.
    await TabServer.warm(runtimeOf(element), example).catch(() => {});
    await new Playground(element, example).run();
  }

  private constructor(element: HTMLElement, example: ExampleFiles) {
    this.element = element;
    this.example = example;
    this.parts = makeParts(example.name);
    this.wire = new WireView(this.parts.wire);
    this.browsers = new Browsers({
      host: this.parts.pages,
      runtime: runtimeOf(element),
      port: example.port,
      watch: (event) => {
        this.wire.add(event);
        element.dispatchEvent(new CustomEvent('wire', { detail: event, bubbles: true }));
      },
      fault: (text) => void this.fault(text),
    });
    const packages = JSON.parse(element.dataset['packages'] ?? '{}');
    this.editing = new Editing({ parts: this.parts, example, packages });
    const { run, stop, second } = this.parts;
    run.addEventListener('click', () => void this.run());
    stop.addEventListener('click', () => this.stop('Stopped.'));
    second.addEventListener('click', () => this.browsers.second());
    const { foreign } = this.parts;
    foreign.hidden = !example.files.some(([path]) => path === OTHER_ORIGIN);
    foreign.addEventListener('click', () => void this.openForeign());
    element.replaceChildren(this.parts.root);
  }

  private async run(): Promise<void> {
    const run = ++this.runs;
    this.server?.end();
    this.server = undefined;
    this.other?.end();
    this.browsers.freeze();
    this.wire.clear();
    this.parts.output.replaceChildren();
    this.editing.showError(undefined);
    this.tell('Starting…', true);
    const { entry } = this.example;
    const files = this.editing.files();
    this.ran = files;
    const errors: string[] = [];
    try {
      const server = await TabServer.start(
        runtimeOf(this.element),
        { files, entry, preload: [], args: [], env: {} },
        {
          output: (stream, text) => {
            if (stream === 'stderr') errors.push(text);
            print(this.parts.output, withoutGuess(text), stream);
          },
          listening: (port) => void this.connect(run, port),
          exit: (code, why) => void this.ended(code, why, errors.join('')),
        },
      );
      if (run === this.runs) this.server = server;
      else server.end();
    } catch (error) {
      this.tell(`It did not start: ${(error as Error).message}`, false);
    }
  }

  private async connect(run: number, port: number): Promise<void> {
    while (!this.server) await new Promise((resolve) => setTimeout(resolve)); // it listens as it starts
    if (run !== this.runs) return;
    this.tell(`Running at http://localhost:${port}, in this tab.`, true);
    await this.browsers.open(this.server, port).catch((error: Error) => this.fault(error.message));
    this.element.dataset['state'] = 'open';
    this.warmAgain();
  }

  /** The next run finds its worker ready; it is the page's turn first. */
  private warmAgain(): void {
    const sources = { files: this.editing.files(), entry: this.example.entry };
    const warm = () => TabServer.warm(runtimeOf(this.element), sources).catch(() => {}); // the run will say why
    setTimeout(() => void warm(), 300);
  }

  /** A server of another origin, whose page goes for the login in the first browser. */
  private async openForeign(): Promise<void> {
    const [target] = this.server?.ports ?? [];
    if (target === undefined) return;
    this.parts.foreign.disabled = true;
    const files = this.editing.files();
    const client = files.find(([path]) => path.startsWith(CLIENT_FOLDER))?.[1] ?? '';
    files.push(['/node_modules/socket.io-client/dist/socket.io.esm.min.js', client]);
    const args = ['--target', `http://localhost:${target}`, '--port', '4002'];
    const entry = OTHER_ORIGIN;
    let server: TabServer | undefined;
    const ready = new Promise<number>((resolve) => {
      const listeners = {
        listening: resolve,
        output: (stream: 'stdout' | 'stderr', text: string) =>
          print(this.parts.output, text, stream),
      };
      const run = { files, entry, preload: [], args, env: {} };
      TabServer.start(runtimeOf(this.element), run, listeners).then(
        (started) => {
          server = started;
        },
        (error: Error) => print(this.parts.output, error.message, 'stderr'),
      );
    });
    const port = await ready;
    this.other?.end();
    this.other = server;
    if (server) this.browsers.foreign(server, port);
  }

  private stop(words: string): void {
    this.runs += 1;
    this.server?.end();
    this.other?.end();
    this.server = undefined;
    this.tell(words, false);
  }

  /** The server has ended by itself: where in the sources, if that can be said. */
  private async ended(code: number, why: string | undefined, errors: string): Promise<void> {
    if (why) print(this.parts.output, why, 'note');
    const words = (where = '') =>
      `The server has ended, with exit code ${code}.${where} Change it, then press Run.`;
    this.stop(words());
    const place = await this.point(errors);
    if (place) this.tell(words(` See line ${place.line} of ${place.name}.`), false);
  }

  private fault(text: string): Promise<unknown> {
    print(this.parts.output, `page: ${text}`, 'stderr');
    return this.point(text);
  }

  /** Shows in the sources where an error stands; nothing if that cannot be said, or another run has begun. */
  private async point(errors: string): Promise<Place | undefined> {
    const run = this.runs;
    const place = await this.editing.locate(errors, this.ran);
    if (!place || run !== this.runs) return undefined;
    if (place.drawn) print(this.parts.output, place.drawn, 'note');
    this.editing.showError(place);
    return place;
  }

  private tell(text: string, running: boolean): void {
    this.parts.state.textContent = text;
    this.parts.run.textContent = running ? 'Run again' : 'Run';
    this.parts.stop.disabled = !running;
    this.parts.second.disabled = !running;
    this.parts.foreign.disabled = !running;
    this.element.dataset['state'] = running ? 'running' : 'stopped';
  }
}
