/**
 * A lab in the tab: the server to edit, the attack on it, and what came of it. Each exploit meets a server that has
 * just started with the reader's text, and its packets stand in the wire.
 */
import { attack, type Row } from '../../examples/labs/lib/attack.ts';
import type { Lab } from '../../examples/labs/lib/lab.ts';
import { adopt } from '../playground/adopt.ts';
import { Editing } from '../playground/Editing.ts';
import {
  button,
  make,
  outputOf,
  part,
  print,
  row,
  sourcePart,
  sources,
} from '../playground/parts.ts';
import { WireView } from '../playground/wire/view.ts';
import '../playground/styles.ts';
import { recordLab } from '../progress/record.ts';
import manifest from '../tab/manifest.json';
import type { ExampleFiles } from '../tab/prepare.ts';
import { Runtime } from '../tab/runtime.ts';
import { TabServer } from '../tab/TabServer.ts';
import styles from './labs.css?inline';
import { startInTab } from './start.ts';
import { Table } from './table.ts';

export class LabPanel {
  readonly #name: string;
  readonly #lab: Lab;
  readonly #files: ExampleFiles;
  readonly #runtime: Runtime;
  readonly #editing: Editing;
  readonly #table: Table;
  readonly #wire: WireView;
  readonly #output = outputOf();
  readonly #state = make('p', 'state');
  readonly #attack = button('Attack', false);
  readonly #host: HTMLElement;
  #running: AbortController | undefined;

  /** Puts the lab in place of what `host` shows. `name` is `08-side-door`. */
  static async open(host: HTMLElement, name: string, base: string): Promise<LabPanel> {
    const file = (manifest.labs as Record<string, string>)[name];
    if (!file) throw new Error(`There is no lab ${name}.`);
    const response = await fetch(`${base}${file}`);
    if (!response.ok) throw new Error(`The lab did not load: ${response.status}.`);
    const files: ExampleFiles = await response.json();
    const load = exploits[`/examples/labs/${name}/exploit.ts`];
    if (!load) throw new Error(`There is no attack for ${name}.`);
    return new LabPanel(host, name, files, await load(), new Runtime(manifest, base));
  }

  private constructor(
    host: HTMLElement,
    name: string,
    files: ExampleFiles,
    lab: Lab,
    runtime: Runtime,
  ) {
    [this.#host, this.#name, this.#files, this.#lab, this.#runtime] = [
      host,
      name,
      files,
      lab,
      runtime,
    ];
    const parts = sources();
    const wire = make('div', 'wire');
    const results = make('div', 'lab-results');
    const root = make('div', 'playground');
    this.#state.setAttribute('role', 'status');
    const bar = row(this.#attack, this.#state);
    bar.classList.add('bar');
    root.append(
      bar,
      part('The attack', 'attack-part', results),
      sourcePart(parts),
      part('The wire', 'wire-part', wire),
      part('The server’s console', 'output-part', this.#output),
    );
    this.#wire = new WireView(wire);
    this.#table = new Table(results, lab);
    const packages = JSON.parse(host.dataset['packages'] ?? '{}');
    this.#editing = new Editing({ parts, example: files, packages });
    this.#attack.addEventListener('click', () => void this.#run());
    host.replaceChildren(root);
    this.#warm();
  }

  #warm(): void {
    const files = this.#editing.files();
    void TabServer.warm(this.#runtime, { files, entry: this.#files.entry }).catch(() => {});
  }

  async #run(): Promise<void> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.#wire.clear();
    this.#output.replaceChildren();
    this.#table.clear();
    this.#editing.showError(undefined);
    this.#host.dataset['state'] = 'running';
    this.#state.textContent = 'Attacking…';
    this.#attack.textContent = 'Attack again';
    const files = this.#editing.files();
    const { entry } = this.#files;
    const env = this.#lab.settings ?? {};
    let count = 0;
    const rows = await attack(
      this.#lab,
      () =>
        startInTab({
          ...{ runtime: this.#runtime, files, entry, env },
          watch: (event) => mine.signal.aborted || this.#wire.add(event),
          print: (text, stream) => mine.signal.aborted || print(this.#output, text, stream),
        }),
      {
        signal: mine.signal,
        tell: (each) => {
          if (!mine.signal.aborted) this.#table.show(count, each);
          count += 1;
        },
      },
    );
    if (!mine.signal.aborted) this.#conclude(rows);
  }

  #conclude(rows: readonly Row[]): void {
    const open = rows.filter(({ kind, ok }) => kind === 'exploit' && !ok).length;
    const unserved = rows.filter(({ kind, ok }) => kind === 'honest' && !ok).length;
    const solved = open + unserved === 0;
    this.#host.dataset['state'] = solved ? 'solved' : 'open';
    if (solved) recordLab(this.#name.slice(3));
    this.#state.textContent = solved
      ? 'Solved: every attack is held, and honest clients are served.'
      : [
          open > 0 ? `${open} of ${this.#lab.exploits.length} attacks got in.` : '',
          unserved > 0
            ? `${unserved} of ${this.#lab.honest.length} honest clients were not served.`
            : '',
          'Change the server, then attack again.',
        ]
          .filter(Boolean)
          .join(' ');
    this.#host.dispatchEvent(new CustomEvent('attacked', { detail: { solved }, bubbles: true }));
    this.#warm();
  }
}

adopt(styles);

const exploits = import.meta.glob<Lab>('/examples/labs/*/exploit.ts');
