/** The examples that the site can run, as it is built. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source.ts';
import { whyNotInTab } from '../tab/declared.ts';
import { listExamples, type Prepared, readExample } from '../tab/prepare.ts';
import { importsIn, packsOf, reachable } from '../tab/runtime.ts';

/** An example and its page: the port where it runs in the tab, or why it does not. */
type RunPage = { name: string } & ({ port: number } | { why: string });

export function listRunPages(): RunPage[] {
  return listExamples(root).map((name) => {
    const why = whyNotInTab(root, name);
    return why === undefined ? { name, port: readExample(root, name).port } : { name, why };
  });
}

/** Why an example does not run in the tab, if so. Throws, naming the page that asks and the examples there are. */
export function whyNotHere(name: string, page: string): string | undefined {
  const names = listExamples(root);
  if (names.includes(name)) return whyNotInTab(root, name);
  throw new Error(`${page}: there is no example "${name}" to run. There are ${names.join(', ')}.`);
}

/** The files below `tab/` that a run of the example fetches, its sources first. */
export function filesToFetch(name: string): string[] {
  const { entry, files } = readExample(root, name);
  const manifest: Prepared = JSON.parse(readFileSync(join(root, 'site/tab/manifest.json'), 'utf8'));
  const sources = [...reachable(new Map(files), [entry]).values()];
  const packs = [...packsOf(manifest, importsIn(sources, manifest)), 'client'];
  return [manifest.examples[name] ?? '', ...packs.map((pack) => manifest.packs[pack] ?? '')];
}

/** The versions that a downloaded folder pins: of the packages that the examples import. */
export function packageVersions(names: readonly string[]): Record<string, string> {
  const file = join(root, 'package.json');
  const { dependencies = {} }: { dependencies?: Record<string, string> } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};
  return Object.fromEntries(
    names.flatMap((name) => (dependencies[name] ? [[name, dependencies[name]]] : [])),
  );
}
