// The playground as a reader uses it, on the built site: run, sign in, edit, break, come back.
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { goodbye, nobody } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

/** Examples, and the button that connects; a page with a session connects when it has signed in. */
const examples: [name: string, button?: string][] = [
  ['open-door', 'Open a socket'],
  ['auth-field', 'My token'],
  ['jwt-cookie', 'What the browser has'],
  ['query-token', 'My token'],
  ['query-ticket', 'A new ticket'],
  ['session-passport'],
];

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

/** The playground of an example, by what a reader sees. */
function playground(page: Page, base = './') {
  const panel = page.locator('tab-playground');
  const inside = page.frameLocator('iframe[title="First browser"]');
  const button = (name: string) => panel.getByRole('button', { name, exact: true });
  const state = panel.locator('.state');
  const output = panel.getByRole('log', { name: 'What the server prints' });
  const source = panel.getByRole('textbox', { name: /^Source of / });
  const wire = panel.locator('.wire');
  return {
    ...{ panel, inside, button, state, output, source, wire },
    open: async (name: string) => {
      await page.goto(`${base}run/${name}/`);
      await button('Run it here').click();
      await expect(state).toHaveText(/^Running at http:\/\/localhost:30\d\d, in this tab\.$/);
      await expect(inside.getByRole('heading', { level: 1 })).toBeVisible();
    },
    signIn: async (name = 'ann') => {
      await inside.getByLabel('Name').fill(name);
      await inside.getByRole('button', { name: 'Sign in' }).click();
      await expect(inside.getByRole('status')).toHaveText(new RegExp(`^Signed in as ${name}`));
    },
    /** Puts a text in place of another one that stands once in the source. */
    edit: async (from: string, to: string) => {
      const text = await source.inputValue();
      expect(text.split(from).length, `once in the source: ${from}`).toBe(2);
      await source.fill(text.replace(from, () => to));
    },
  };
}

for (const [name, button] of examples) {
  test(`${name} runs in the tab: a sign-in, a connection, and what one says comes back`, async ({
    page,
    expected,
  }) => {
    expected.push(...goodbye, ...nobody);
    const { open, signIn, inside, wire } = playground(page);
    await open(name);
    const log = inside.getByRole('log');
    if (name === 'open-door') {
      await inside.getByRole('button', { name: String(button), exact: true }).click();
    } else {
      await signIn();
      if (button !== undefined)
        await inside.getByRole('button', { name: button, exact: true }).click();
    }
    await expect(log).toContainText('connected as');
    await expect(wire.locator('ol')).toContainText('CONNECT /');
  });
}

test('the token in CONNECT is opened on the wire', async ({ page }) => {
  const { open, signIn, inside, wire } = playground(page);
  await open('auth-field');
  await signIn();
  await inside.getByRole('button', { name: 'My token', exact: true }).click();
  await expect(inside.getByRole('log')).toContainText('connected as socket');
  const packet = wire.locator('li', { hasText: '40{"token":"eyJ' }).first();
  await packet.locator('summary').click();
  await expect(packet).toContainText('HS256');
  await expect(packet).toContainText('handshake-sockets');
  await expect(packet).toContainText(/expires in 14 min/);
});

test('an edit runs, outlives a reload, and is taken back by Reset', async ({ page }) => {
  const { open, edit, inside, button, source, panel, state } = playground(page);
  await open('auth-field');
  await edit('Sign in first: no token', 'Sign in first: no token'.toUpperCase()).catch(() => {});
  await edit("const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);", 'const TOKEN_TTL = 2;');
  await button('Run again').click();
  await expect(state).toHaveText(/^Running/);
  await inside.getByRole('button', { name: 'A token that expires' }).click();
  await expect(inside.getByRole('log')).toContainText('ended: TOKEN_EXPIRED', { timeout: 10_000 });

  await page.reload();
  await button('Run it here').click();
  await expect(source).toHaveValue(/const TOKEN_TTL = 2;/);
  await button('Show my changes').click();
  await expect(panel.getByRole('table')).toContainText('const TOKEN_TTL = 2;');
  await button('Reset to the course’s text').click();
  await expect(source).not.toHaveValue(/const TOKEN_TTL = 2;/);
});

test('a token that is let live on stays in: ignoreExpiration, and no timer', async ({ page }) => {
  test.setTimeout(90_000);
  const { open, edit, inside, button, state } = playground(page);
  await open('auth-field');
  await edit("env.seconds('TOKEN_TTL', 15 * 60)", '1');
  await edit("algorithms: ['HS256'] }", "algorithms: ['HS256'], ignoreExpiration: true }");
  await edit(
    "if (claims.exp * 1000 <= Date.now()) end(socket, 'TOKEN_EXPIRED');\n    else if",
    'if',
  );
  await button('Run again').click();
  await expect(state).toHaveText(/^Running/);
  await inside.getByRole('button', { name: 'A token that expires' }).click();
  await expect(inside.getByRole('status')).toHaveText('Signed in as ann, connected.', {
    timeout: 10_000,
  }); // the count is at its end
  await inside.getByRole('button', { name: 'Who am I?' }).click();
  await expect(inside.getByRole('log')).toContainText('you are {"id":"u1"');
});

for (const [what, code, words] of [
  ['a throw', "throw new Error('stop here');", /Error: stop here/],
  ['a throw after an await', "await null;\nthrow new Error('later');", /Error: later/],
  [
    'an import that is not there',
    "import left from 'left-pad';",
    /cannot import 'left-pad' in the tab/,
  ],
  [
    'a name that a shim lacks',
    "import { createServer as tls } from 'node:tls';\ntls();",
    /createServer of node:tls is not available in the tab/,
  ],
  ['process.exit', "import process from 'node:process';\nprocess.exit(3);", /exit code 3/],
  ['a mistake in the syntax', 'const = 1;', /server\.ts:1:/],
] as const) {
  test(`${what} ends in words, with its place, and Run brings the server back`, async ({
    page,
  }) => {
    const { open, source, button, state, output, panel } = playground(page);
    await open('auth-field');
    const text = await source.inputValue();
    await source.fill(`${code}\n${text}`);
    await button('Run again').click();
    await expect(state).toHaveText(/^The server has ended, with exit code [13]/);
    if (what === 'process.exit') await expect(state).toHaveText(words);
    else await expect(output).toContainText(words);
    const line = code.includes('\n') && what !== 'process.exit' ? 2 : 1;
    if (what !== 'process.exit' && !what.startsWith('an import')) {
      await expect(state).toContainText(`See line ${line} of server.ts.`);
      await expect(panel.getByRole('button', { name: `Go to line ${line}` })).toBeVisible();
    }
    await source.fill(text);
    await button('Run').click();
    await expect(state).toHaveText(/^Running/);
  });
}

test('an endless loop is ended after five seconds, and said to be one', async ({ page }) => {
  test.setTimeout(60_000);
  const { open, source, button, state, output } = playground(page);
  await open('auth-field');
  await source.fill(`for (;;);\n${await source.inputValue()}`);
  await button('Run again').click();
  await expect(output).toContainText('an endless loop?', { timeout: 15_000 });
  await expect(state).toHaveText(/^The server has ended/);
});

test('a port that is taken is said in one line', async ({ page }) => {
  const { open, source, button, output, state } = playground(page);
  await open('auth-field');
  const text = await source.inputValue();
  await source.fill(`${text}\nawait listen(createServer(), io, 3001);\n`);
  await button('Run again').click();
  await expect(output).toContainText('Port 3001 is in use.');
  await expect(state).toHaveText(/exit code 1/);
});

test('a .env is read, and Bob in a second browser has cookies of his own', async ({
  page,
  expected,
}) => {
  expected.push(...nobody);
  const { open, signIn, panel, source, button, state, inside } = playground(page);
  await open('jwt-cookie');
  await panel.getByLabel('File').selectOption('examples/jwt-cookie/.env');
  await source.fill('TOKEN_TTL=77\n');
  await button('Run again').click();
  await expect(state).toHaveText(/^Running/);
  await signIn();
  const login = panel.locator('.wire li', { hasText: '204 No Content' });
  await login.locator('summary').click();
  await expect(login).toContainText('Max-Age=77');
  await button('Open a second browser').click();
  const second = page.frameLocator('iframe[title="Browser 2"]');
  await expect(second.getByRole('status')).toHaveText('Signed out, not connected.');
  await expect(inside.getByRole('status')).toContainText('Signed in as ann');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on a running playground, ${scheme}, and 360 px are enough`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 360, height: 740 });
    const { open } = playground(page);
    await open('auth-field');
    expect(await audit(page, { anyColors: '.editor' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
}

test('under a base path it runs as well', async ({ page }) => {
  await playground(page, 'http://localhost:4391/handshake/').open('auth-field');
});

test('nothing runs by itself, whatever the address says', async ({ page }) => {
  await page.goto('./run/auth-field/?run=1#run');
  await expect(page.getByRole('button', { name: 'Run it here' })).toBeEnabled();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a page of another origin is sent the cookie, and reads nothing', async ({
  page,
  expected,
}) => {
  expected.push(...nobody, ...goodbye);
  const { open, signIn, button, inside } = playground(page);
  await open('jwt-cookie');
  await signIn();
  await inside.getByRole('button', { name: 'What the browser has', exact: true }).click();
  await expect(inside.getByRole('log')).toContainText('connected as');
  await button('Open a page of another origin').click();
  const foreign = page.frameLocator('iframe[title="Another origin"]');
  await foreign.getByRole('button', { name: 'A WebSocket', exact: true }).click();
  await expect(foreign.getByRole('log')).toContainText(/closed|refused|no connection/i);
  const asked = page.locator('tab-playground .wire li', { hasText: 'WebSocket, opens' }).last();
  await asked.locator('summary').click();
  await expect(asked).toContainText('http://localhost:4002');
  await expect(asked).toContainText('token=eyJ');
});
