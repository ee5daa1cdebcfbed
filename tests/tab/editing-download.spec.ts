// The folder that a reader downloads: a zip, opened and read.
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from '../support/test.ts';
import { editing, SERVER } from './editing-page.ts';

test.describe.configure({ timeout: 90_000 });

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test('the downloaded folder has the edits, the .env, and the versions that the course pins', async ({
  page,
}) => {
  const { openEditor, change, pick, button, source } = editing(page);
  await openEditor();
  await change((text) => `// mine: “ä, 鍵”\n${text}`);
  await pick('examples/auth-field/.env');
  await source.fill('TOKEN_TTL=77\n');
  const saving = page.waitForEvent('download');
  await button('Download as a folder').press('Enter');
  const download = await saving;
  expect(download.suggestedFilename()).toBe('handshake-auth-field.zip');
  const zip = unzipSync(new Uint8Array(readFileSync(await download.path())));
  const text = (path: string) => strFromU8(zip[`handshake-auth-field/${path}`] ?? new Uint8Array());
  expect(Object.keys(zip).every((path) => path.startsWith('handshake-auth-field/'))).toBe(true);
  expect(text(SERVER)).toBe(`// mine: “ä, 鍵”\n${readFileSync(SERVER, 'utf8')}`);
  expect(text('examples/auth-field/.env')).toBe('TOKEN_TTL=77\n');
  expect(text('examples/lib/login.ts')).toBe(readFileSync('examples/lib/login.ts', 'utf8'));
  const { dependencies, scripts, engines } = JSON.parse(text('package.json'));
  expect(Object.keys(dependencies)).toEqual(
    expect.arrayContaining(['express', 'jsonwebtoken', 'socket.io', 'socket.io-client', 'zod']),
  );
  for (const [name, version] of Object.entries(dependencies))
    expect(version, name).toBe(manifest.dependencies[name]);
  expect(scripts.start).toBe(`node ${SERVER}`);
  expect(engines.node).toBe('>=22.18');
  expect(text('README.md')).toContain('npm install\nnpm start');
});
