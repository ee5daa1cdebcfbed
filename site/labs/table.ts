/** The table of a lab: one line for each exploit and each honest client, in words and by shape. */
import type { Row } from '../../examples/labs/lib/attack.ts';
import type { Lab } from '../../examples/labs/lib/lab.ts';

const WORDS = {
  exploit: { good: 'Held', bad: 'Got in' },
  honest: { good: 'Served', bad: 'Not served' },
} as const;

export class Table {
  readonly #body: HTMLElement;
  readonly #rows: HTMLTableRowElement[];

  /** Fills `host` with a line for each, all of them still to be run. */
  constructor(host: HTMLElement, { exploits, honest }: Lab) {
    const table = document.createElement('table');
    table.className = 'lab-table';
    table.innerHTML =
      '<caption class="sr-only">What came of each attack and of each honest client</caption>' +
      '<thead><tr><th scope="col">Who</th><th scope="col">tries to</th><th scope="col">Result</th></tr></thead>';
    this.#body = table.createTBody();
    const titles: [who: string, title: string][] = [
      ...exploits.map(({ title }): [string, string] => ['Attacker', title]),
      ...honest.map(({ title }): [string, string] => ['Honest', title]),
    ];
    this.#rows = titles.map(([who, title]) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = who;
      row.append(head, cell(title), cell('not run yet'));
      return row;
    });
    this.#body.append(...this.#rows);
    host.replaceChildren(table);
  }

  /** All of them are to be run anew. */
  clear(): void {
    for (const row of this.#rows) {
      delete row.dataset['verdict'];
      row.lastElementChild?.replaceChildren('…');
    }
  }

  show(place: number, { kind, ok, saw }: Row): void {
    const row = this.#rows[place];
    const word = document.createElement('strong');
    word.textContent = WORDS[kind][ok ? 'good' : 'bad'];
    row?.setAttribute('data-verdict', ok ? 'good' : 'bad');
    row?.lastElementChild?.replaceChildren(word, ok && kind === 'honest' ? '' : `: ${saw}`);
  }
}

function cell(text: string): HTMLTableCellElement {
  const made = document.createElement('td');
  made.textContent = text;
  return made;
}
