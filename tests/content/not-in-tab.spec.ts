// An example that does not run in the tab: its lesson and its own page, as a content folder with one is built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../support/build.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ timeout: 120_000 });

const WHY = 'It needs Redis, and a second process of the same server.';
const lesson = 'content/docs/2-tokens/trust-a-jwt.mdx';
const server = "console.log('ready http://localhost:3009');\n";

test('an example that does not run in the tab says why, and how to run it, without a script', async ({
  browser,
}) => {
  const { code, output, dist } = await build({
    'examples/two-nodes/server.ts': server,
    'examples/two-nodes/example.json': JSON.stringify({ runsInTab: false, why: WHY }),
    [lesson]: (text) =>
      text.replace(
        '<RunLocally example="auth-field" port={3001}>',
        '<RunLocally example="two-nodes">',
      ),
  });
  expect(code, output).toBe(0);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ['lessons/trust-a-jwt', 'run/two-nodes']) {
    const html = readFileSync(join(dist, path, 'index.html'), 'utf8');
    expect(html, path).not.toContain('<tab-playground');
    expect(html, `${path}: its policy allows no scripts from blobs`).not.toContain(
      'script-src blob:',
    );
    await page.setContent(html);
    const panel = page.getByRole('region', { name: 'Run two-nodes' });
    await expect(panel).toContainText(`This does not run in the tab. ${WHY} On your machine:`);
    await expect(panel).toContainText('npm run example two-nodes');
    await expect(panel.getByRole('link', { name: 'server.ts' })).toHaveAttribute(
      'href',
      'https://repo.example/x/blob/main/examples/two-nodes/server.ts',
    );
    await expect(panel.getByRole('button', { name: 'Run it here' })).toHaveCount(0);
  }
  await expect(page.getByRole('figure').first()).toContainText(
    "console.log('ready http://localhost:3009')",
  );
  const run = readFileSync(join(dist, 'run/open-door/index.html'), 'utf8');
  expect(run, 'the others run as ever').toContain('<tab-playground');
  await context.close();
});

test('an example.json that says neither yes nor no fails the build, with its file', async () => {
  const { code, output } = await build({
    'examples/open-door/example.json': '{ "runsInTab": "no", "why": "It needs Redis." }',
  });
  expect(code).toBe(1);
  expect(output).toContain(
    'examples/open-door/example.json: runsInTab has to be true or false, not "no".',
  );
});
