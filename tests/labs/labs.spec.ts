// Every lab: all exploits get in where the server is vulnerable, none where it is mended, and honest clients are served
// by both. Mends that look right and are not have to be caught.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { attack, type Row } from '../../examples/labs/lib/attack.ts';
import { startServer } from '../../scripts/labs/target.ts';
import { type LabFolder, listLabs, loadLab } from '../../site/labs/list.ts';
import { SECRET, type Variant } from '../support/example.ts';
import { expect, test } from '../support/test.ts';
import type { Mend } from './mend.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const labs = listLabs(root);

const mends = new Map<string, readonly Mend[]>();
for (const file of globSync('tests/labs/wrong/*.ts', { cwd: root })) {
  const { wrong } = await import(pathToFileURL(join(root, file)).href);
  mends.set(basename(file, '.ts'), wrong);
}

/** Attacks a server of the lab; `variant` is made to it in memory. */
async function run(lab: LabFolder, file: 'server.ts' | 'fixed.ts', variant: Variant = []) {
  const exploits = await loadLab(root, lab);
  const env = {
    ...exploits.settings,
    ...{ JWT_SECRET: SECRET, SESSION_SECRET: SECRET, HANDSHAKE_VARIANT: JSON.stringify(variant) },
    NODE_COMPILE_CACHE: 'node_modules/.cache/compile',
  };
  const nodeArgs = variant.length > 0 ? ['--import', './tests/support/vary.ts'] : [];
  return attack(exploits, () => startServer(`${lab.folder}/${file}`, { env, nodeArgs }));
}

const words = (rows: readonly Row[]) =>
  rows.map(({ kind, ok, title, saw }) => `${kind}, ${ok ? 'good' : 'bad'}: ${title}: ${saw}`);

test.describe.configure({ timeout: 60_000 }); // a dozen servers, one after the other

for (const lab of labs) {
  test(`${lab.name}: every attack gets in, and honest clients are served`, async () => {
    const rows = await run(lab, 'server.ts');
    const other = rows.filter(({ kind, ok }) => (kind === 'exploit' ? ok : !ok));
    expect(words(other)).toEqual([]);
  });

  test(`${lab.name}, mended: every attack is held, and honest clients are served`, async () => {
    const rows = await run(lab, 'fixed.ts');
    expect(words(rows.filter(({ ok }) => !ok))).toEqual([]);
  });

  const wrong = mends.get(lab.name) ?? [];
  test(`${lab.name}: there are at least three mends that look right`, () => {
    expect(wrong.length).toBeGreaterThanOrEqual(3);
  });
  test.describe(`${lab.name}, mended wrongly`, () => {
    for (const { title, variant } of wrong) {
      test(title, async () => {
        const rows = await run(lab, 'fixed.ts', variant);
        expect(rows.filter(({ ok }) => !ok).length, words(rows).join('\n')).toBeGreaterThan(0);
        expect(words(rows).join('\n')).not.toContain('does not start');
      });
    }
  });
}
