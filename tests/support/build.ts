import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from './test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['bench', 'content', 'examples', 'public', 'site', 'tests'];
const files = ['astro.config.mjs', 'content.config.ts', 'ec.config.mjs', 'tsconfig.json'];

/** A file of the copy, as text or made from the text that it has. */
type Change = string | ((text: string) => string);

/** Builds a copy of the project with some files changed or added. `dist` is the folder that it is built into. */
export async function build(changes: Record<string, Change>) {
  const copy = test.info().outputPath('copy');
  mkdirSync(copy, { recursive: true });
  for (const part of [...parts, ...files, 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  // A folder of its own, for Astro keeps its cache in there.
  mkdirSync(join(copy, 'node_modules'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), 'junction');
  }
  for (const [file, change] of Object.entries(changes)) apply(join(copy, file), change);
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  // With a repository to link to, the site has no source pages to build.
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', REPO_URL: 'https://repo.example/x' };
  return new Promise<{ code: number; output: string; dist: string }>((resolve) => {
    execFile(process.execPath, [astro, 'build'], { cwd: copy, env }, (error, out, err) => {
      resolve({ code: error ? 1 : 0, output: out + err, dist: join(copy, 'dist') });
    });
  });
}

function apply(file: string, change: Change): void {
  mkdirSync(dirname(file), { recursive: true });
  if (typeof change === 'string') {
    writeFileSync(file, change);
    return;
  }
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after, `the change applies to ${file}`).not.toBe(before);
  writeFileSync(file, after);
}
