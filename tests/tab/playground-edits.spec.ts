// What a reader changes in the playground, on the built site: it runs, it is kept, and a mistake ends in words.
import { nobody } from '../support/lab.ts';
import { expect, playground } from '../support/playground.ts';
import { test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

test('an edit runs, outlives a reload, and is taken back by Reset', async ({ page }) => {
  const { open, run, edit, inside, button, source, panel } = playground(page);
  await open('auth-field');
  await edit("const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);", 'const TOKEN_TTL = 2;');
  await run('Run again');
  await inside.getByRole('button', { name: 'A token that expires' }).click();
  await expect(inside.getByRole('log')).toContainText('ended: TOKEN_EXPIRED');

  await page.reload();
  await button('Run it here').click();
  await expect(source).toHaveValue(/const TOKEN_TTL = 2;/);
  await button('Show my changes').click();
  await expect(panel.getByRole('table')).toContainText('const TOKEN_TTL = 2;');
  await button('Reset to the course’s text').click();
  await expect(source).not.toHaveValue(/const TOKEN_TTL = 2;/);
});

test('a token that is let live on stays in: ignoreExpiration, and no timer', async ({ page }) => {
  const { openStopped, run, edit, inside } = playground(page);
  await openStopped('auth-field');
  await edit("env.seconds('TOKEN_TTL', 15 * 60)", '5');
  await edit("algorithms: ['HS256'] }", "algorithms: ['HS256'], ignoreExpiration: true }");
  await edit(
    "if (claims.exp * 1000 <= Date.now()) end(socket, 'TOKEN_EXPIRED');\n    else if",
    'if',
  );
  await run('Run');
  await inside.getByRole('button', { name: 'A token that expires' }).click();
  await expect(inside.getByRole('status')).toHaveText('Signed in as ann, connected.'); // the count is at its end
  await inside.getByRole('button', { name: 'Who am I?' }).click();
  await expect(inside.getByRole('log')).toContainText('you are {"id":"u1"');
});

/** What is put before the server's first line, what is said then, and the line of it that is named. */
const mistakes: { what: string; code: string; words: RegExp; line?: number }[] = [
  { what: 'a throw', code: "throw new Error('stop here');", words: /Error: stop here/, line: 1 },
  {
    what: 'a throw after an await',
    code: "await null;\nthrow new Error('later');",
    words: /Error: later/,
    line: 2,
  },
  {
    what: 'an import that is not there',
    code: "import left from 'left-pad';",
    words: /cannot import 'left-pad' in the tab/,
  },
  {
    what: 'a name that a shim lacks',
    code: "import { createServer as tls } from 'node:tls';\ntls();",
    words: /createServer of node:tls is not available in the tab/,
    line: 2,
  },
  { what: 'a mistake in the syntax', code: 'const = 1;', words: /server\.ts:1:/, line: 1 },
];

test('a mistake ends in words, with its place, and Run brings the server back', async ({
  page,
}) => {
  const { open, run, prepend, button, state, output, panel } = playground(page);
  await open('auth-field');
  for (const [index, { what, code, words, line }] of mistakes.entries()) {
    await test.step(what, async () => {
      const takeBack = await prepend(`${code}\n`);
      await button(index === 0 ? 'Run again' : 'Run').click();
      await expect(state).toHaveText(/^The server has ended, with exit code 1/);
      await expect(output).toContainText(words);
      if (line !== undefined) {
        await expect(state).toContainText(`See line ${line} of server.ts.`);
        await expect(panel.getByRole('button', { name: `Go to line ${line}` })).toBeVisible();
      }
      await takeBack();
    });
  }
  await run('Run');
});

test('process.exit, a port that is taken and an endless loop end the server, each in its words', async ({
  page,
}) => {
  const { openStopped, prepend, edit, button, output, state } = playground(page);
  await openStopped('auth-field');
  const exit = await prepend("import process from 'node:process';\nprocess.exit(3);\n");
  await button('Run').click();
  await expect(state).toHaveText(/^The server has ended, with exit code 3/);
  await exit();

  const last = 'if (origins.length === 0) origins.push(own);';
  await edit(last, `${last}\nawait listen(createServer(), io, 3001);`);
  await button('Run').click();
  await expect(output).toContainText('Port 3001 is in use.');
  await expect(state).toHaveText(/exit code 1/);

  await prepend('for (;;);\n');
  await button('Run').click();
  await expect(output).toContainText('an endless loop?');
  await expect(state).toHaveText(/^The server has ended/);
});

test('a .env is read, and Bob in a second browser has cookies of his own', async ({
  page,
  expected,
}) => {
  expected.push(...nobody);
  const { openStopped, run, signIn, panel, source, button, inside } = playground(page);
  await openStopped('jwt-cookie');
  await panel.getByLabel('File').selectOption('examples/jwt-cookie/.env');
  await source.fill('TOKEN_TTL=77\n');
  await run('Run');
  await signIn();
  const login = panel.locator('.wire li', { hasText: '204 No Content' });
  await login.locator('summary').click();
  await expect(login).toContainText('Max-Age=77');
  await button('Open a second browser').click();
  const second = page.frameLocator('iframe[title="Browser 2"]');
  await expect(second.getByRole('status')).toHaveText('Signed out, not connected.');
  await expect(inside.getByRole('status')).toContainText('Signed in as ann');
});
