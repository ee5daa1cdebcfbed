/** The attack × carrier matrix, as the attacks' own list prints it. The site imports no test: it asks. */
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import type { CarrierName } from './carriers.ts';
import { root } from './source.ts';

const Cell = z.union([
  z.object({ state: z.literal('held') }),
  z.object({ state: z.enum(['open', 'not']), why: z.string().min(1) }),
]);
const Matrix = z.object({
  examples: z.array(z.string()),
  rows: z
    .array(z.object({ title: z.string(), lesson: z.string(), cells: z.record(z.string(), Cell) }))
    .min(1),
});

export type Cell = z.infer<typeof Cell>;
export type Matrix = z.infer<typeof Matrix>;

/** The carrier that an example stands for. */
export const carrierOf: Record<string, CarrierName> = {
  'auth-field': 'auth-field',
  'jwt-cookie': 'cookie',
  'query-token': 'query',
  'query-ticket': 'query',
  'session-passport': 'session',
};

/** Runs the list. Throws with what it said when a cell that must hold has no test that can fail. */
export function readMatrix(): Matrix {
  const list = ['tests/attacks/list.ts'];
  const text = execFileSync(process.execPath, list, { cwd: root, encoding: 'utf8' });
  return Matrix.parse(JSON.parse(text));
}

/** How many cells there are of each state. */
export function countCells({ rows }: Matrix): Record<Cell['state'], number> {
  const cells = rows.flatMap((row) => Object.values(row.cells));
  const count = (state: Cell['state']) => cells.filter((cell) => cell.state === state).length;
  return { held: count('held'), open: count('open'), not: count('not') };
}
