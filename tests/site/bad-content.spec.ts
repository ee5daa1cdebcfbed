// A mistake in the content fails the build, in words that a writer of lessons can act on.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../support/test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['bench', 'content', 'examples', 'public', 'site', 'tests'];
const files = ['astro.config.mjs', 'content.config.ts', 'ec.config.mjs', 'tsconfig.json'];

test.describe.configure({ timeout: 90_000 });

/** Builds a copy of the project in which one file is changed. */
async function build(file: string, change: (text: string) => string) {
  const copy = test.info().outputPath('copy');
  mkdirSync(copy, { recursive: true });
  for (const part of [...parts, ...files, 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  // A folder of its own, for Astro keeps its cache in there.
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), 'junction');
  }
  const before = readFileSync(join(copy, file), 'utf8');
  const after = change(before);
  expect(after, `the change applies to ${file}`).not.toBe(before);
  writeFileSync(join(copy, file), after);
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  // With a repository to link to, the site has no source pages to build.
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', REPO_URL: 'https://repo.example/x' };
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [astro, 'build'], { cwd: copy, env }, (error, out, err) => {
      resolve({ code: error ? 1 : 0, output: out + err });
    });
  });
}

const start = 'content/docs/0-start/start.mdx';

test('a region that is gone fails the build, with file, region and the regions there are', async () => {
  const { code, output } = await build(start, (text) =>
    text.replace('region="rest"', 'region="no-such"'),
  );
  expect(code).toBe(1);
  expect(output).toContain('examples/open-door/server.ts');
  expect(output).toContain('no-such');
  expect(output).toContain('rest, socket');
});

test('a quiz option without its reason fails the build, with file and question', async () => {
  const { code, output } = await build('content/quizzes/start.yaml', (text) =>
    text.replace(/\n {8}why: .*/, ''),
  );
  expect(code).toBe(1);
  expect(output).toContain('content/quizzes/start.yaml');
  expect(output).toContain('open-feed-reader');
});
