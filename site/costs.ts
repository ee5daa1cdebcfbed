/** What the benchmarks measured: the last saved runs, as the lessons show them. Each names its machine and date. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSource, root } from './source.ts';

const Row = z.object({ label: z.string(), microseconds: z.number(), ratio: z.number() });
const Run = z.object({
  date: z.iso.date(),
  node: z.string(),
  machine: z.string(),
  rounds: z.number(),
  rows: z.array(Row).min(2),
});
const Handshake = Run.extend({ handshakes: z.number() });
const Events = Run.extend({
  events: z.number(),
  verify: z.array(z.object({ label: z.string(), microseconds: z.number() })),
  memory: z.array(z.object({ label: z.string(), kilobytes: z.number() })),
});

const Adapters = Run.extend({
  broadcasts: z.number(),
  clients: z.number(),
  rows: z.array(Row.extend({ latency: z.number(), latencyRatio: z.number() })).min(2),
});

const read = (file: string): unknown => JSON.parse(readSource(file));

/** `npm run bench -- --save` */
export const handshakeCosts = () => Handshake.parse(read('bench/handshake.json'));

/** `npm run bench:events -- --save` */
export const eventCosts = () => Events.parse(read('bench/events.json'));

/** `npm run bench:adapters -- --save`; nothing before the first one. */
export function adapterCosts(): z.infer<typeof Adapters> | undefined {
  const file = 'bench/adapters.json';
  return existsSync(join(root, file)) ? Adapters.parse(read(file)) : undefined;
}

/** How many times the CPU of the first row this one took: `3.5`. Throws for a label that no row has. */
export function timesOf(label: string, { rows } = eventCosts()): string {
  const row = rows.find((each) => each.label === label);
  if (row) return row.ratio.toFixed(1);
  throw new Error(
    `There is no measurement "${label}". There are: ${rows.map((each) => each.label).join(', ')}.`,
  );
}
