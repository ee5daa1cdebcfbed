// What a login tells by its time: a wrong password for a name that exists against a name that does
// not. About 1 where both are hashed; far from it on the server that skips the hash.
import { Example, type Variant } from '../tests/support/example.ts';
import { post } from '../tests/support/http.ts';

const TRIES = 31;
const preload = './bench/measure.ts';
const noLimits: Variant = [
  ['points: 30,', 'points: 3_000,', 'attempts.ts'],
  ['points: 5,', 'points: 5_000,', 'attempts.ts'],
  ['points: 50,', 'points: 50_000,', 'attempts.ts'],
];
const noDummy: Variant = [
  [
    'const { salt, hash } = row ?? nobody;',
    'if (!row) return undefined;\n const { salt, hash } = row;',
    'users.ts',
  ],
];

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function milliseconds(origin: string, username: string): Promise<number> {
  const start = performance.now();
  await post(`${origin}/login`, { username, password: 'wrong' });
  return performance.now() - start;
}

const rows: Record<string, Record<string, number>> = {};
for (const [label, variant] of [
  ['with a hash for nobody', noLimits],
  ['without it', [...noLimits, ...noDummy]],
] as const) {
  const example = await new Example('auth-field', { preload, variant }).ready();
  const [known, unknown]: [number[], number[]] = [[], []];
  try {
    for (let n = 0; n < TRIES; n += 1) {
      known.push(await milliseconds(example.origin, 'ann'));
      unknown.push(await milliseconds(example.origin, 'nobody'));
    }
  } finally {
    await example.stop();
  }
  const [a, b] = [median(known), median(unknown)];
  rows[label] = {
    'wrong password, ms': Math.round(a),
    'unknown name, ms': Math.round(b),
    ratio: Number((a / b).toFixed(2)),
  };
}
console.log(`Login, median of ${TRIES} tries of each, interleaved\n`);
console.table(rows);
