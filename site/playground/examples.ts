/** The examples that the site can run, as it is built. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source.ts';
import { type ExampleFiles, listExamples, type Prepared, readExample } from '../tab/prepare.ts';
import { importsIn, packsOf, reachable } from '../tab/runtime.ts';

export function examplesThatRun(): ExampleFiles[] {
  return listExamples(root).map((name) => readExample(root, name));
}

/** One of them. Throws, naming the page that asks and the examples there are. */
export function findExample(name: string, page: string): ExampleFiles {
  const names = listExamples(root);
  if (names.includes(name)) return readExample(root, name);
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
