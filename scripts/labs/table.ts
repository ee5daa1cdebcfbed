// The table of a run, which stays in its place on a terminal.
import process from 'node:process';
import { stripVTControlCharacters, styleText } from 'node:util';
import type { Row } from '../../examples/labs/lib/attack.ts';
import type { Lab } from '../../examples/labs/lib/lab.ts';

const WORDS = {
  exploit: { true: 'held', false: 'GOT IN' },
  honest: { true: 'served', false: 'NOT SERVED' },
} as const;

/** The text of the rows so far; those to come are dots. */
export function draw(lab: Lab, rows: readonly Row[], width = 100): string {
  const titles = [
    ...lab.exploits.map(({ title }) => `attack: ${title}`),
    ...lab.honest.map(({ title }) => `honest: ${title}`),
  ];
  const longest = Math.min(Math.max(...titles.map(({ length }) => length)), width - 30);
  return titles
    .map((title, n) => {
      const row = rows[n];
      const head = title.slice(0, longest).padEnd(longest);
      if (!row) return `  ${head}  ···`;
      const word = WORDS[row.kind][`${row.ok}`].padEnd(10);
      const saw = row.saw === 'served' ? '' : oneLine(row.saw, Math.max(20, width - longest - 16));
      return `  ${head}  ${styleText(row.ok ? 'green' : 'red', word)}  ${saw}`;
    })
    .join('\n');
}

function oneLine(text: string, most: number): string {
  const line = stripVTControlCharacters(text).replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** Draws over what it drew before; where there is no terminal, only what is final. */
export class Board {
  #lines = 0;

  show(text: string, final: boolean): void {
    if (!process.stdout.isTTY) {
      if (final) console.log(text);
      return;
    }
    const up = this.#lines > 0 ? `\x1b[${this.#lines}A\x1b[J` : '';
    process.stdout.write(`${up}${text}\n`);
    this.#lines = text.split('\n').length;
  }
}
