// The playground as a reader uses it, on the built site: run, sign in, look at the wire.
import { audit } from '../support/axe.ts';
import { goodbye, nobody } from '../support/lab.ts';
import { expect, playground } from '../support/playground.ts';
import { test } from '../support/test.ts';

/** Examples, and the button that connects; a page with a session connects when it has signed in. */
const examples: [name: string, button?: string][] = [
  ['open-door', 'Open a socket'],
  ['auth-field', 'My token'],
  ['jwt-cookie', 'What the browser has'],
  ['query-token', 'My token'],
  ['query-ticket', 'A new ticket'],
  ['session-passport'],
  ['refresh-rotation', 'A token of the moment'],
  ['recovery', 'My token'],
  ['rooms', 'My token'],
];

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

for (const [name, button] of examples) {
  test(`${name} runs in the tab: a sign-in, a connection, and what one says comes back`, async ({
    page,
    expected,
  }) => {
    expected.push(...goodbye, ...nobody);
    const here = playground(page);
    const { open, signIn, inside, wire } = here;
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

    // What only one of them has to show, in the same visit.
    if (name === 'auth-field') {
      await test.step('the token in CONNECT is opened on the wire', () => openToken(here));
    } else if (name === 'jwt-cookie') {
      await test.step('a page of another origin is sent the cookie, and reads nothing', () =>
        lookFromElsewhere(here));
    }
  });
}

type Playground = ReturnType<typeof playground>;

async function openToken({ inside, wire }: Playground): Promise<void> {
  await expect(inside.getByRole('log')).toContainText('connected as socket');
  const packet = wire.locator('li', { hasText: '40{"token":"eyJ' }).first();
  await packet.locator('summary').click();
  await expect(packet).toContainText('HS256');
  await expect(packet).toContainText('handshake-sockets');
  await expect(packet).toContainText(/expires in 14 min/);
}

async function lookFromElsewhere({ panel, button, wire }: Playground): Promise<void> {
  await button('Open a page of another origin').click();
  const foreign = panel.frameLocator('iframe[title="Another origin"]');
  await foreign.getByRole('button', { name: 'A WebSocket', exact: true }).click();
  await expect(foreign.getByRole('log')).toContainText(/closed|refused|no connection/i);
  const asked = wire.locator('li', { hasText: 'WebSocket, opens' }).last();
  await asked.locator('summary').click();
  await expect(asked).toContainText('http://localhost:4002');
  await expect(asked).toContainText('token=eyJ');
}

test('axe finds nothing on a running playground, light and dark, and 360 px are enough', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 360, height: 740 });
  await playground(page).open('auth-field');
  const html = page.locator('html');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(html).toHaveAttribute('data-theme', scheme);
    expect(await audit(page, { anyColors: '.editor' }), scheme).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), scheme).toBe(360);
  }
});

test('under a base path it runs as well', async ({ page }) => {
  await playground(page, 'http://localhost:4391/handshake/').open('auth-field');
});

test('nothing runs by itself, whatever the address says', async ({ page }) => {
  await page.goto('./run/auth-field/?run=1#run');
  await expect(page.getByRole('button', { name: 'Run it here' })).toBeEnabled();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('iframe')).toHaveCount(0);
});
