// What is written down of a connection, on the way and in the browser: the example's own page makes
// the connection, and then somebody tries everything that stands in a URL.
import type { Page } from '@playwright/test';
import { at, attacksFor, type Verdict } from './attack.ts';
import { judgeAll, type Target, tryEnter } from './target.ts';

const attack = attacksFor('query-token');
const open = at('The token stands in the URL, and is good until its exp.', 'query-token');

/** Ann signs in on the example's page and connects, by polling first and then by WebSocket. */
async function connectOnPage({ origin }: Target, openPage: () => Promise<Page>): Promise<Page> {
  const page = await openPage();
  await page.goto(origin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('log').getByText('signed in').waitFor();
  const upgraded = page.waitForEvent('websocket');
  await page.locator('#valid, #mine, #fresh').click();
  await page.getByRole('log').getByText('connected as').first().waitFor();
  await upgraded;
  return page;
}

/** Presents each value of these URLs in every place where a server may look for a credential. */
async function presentAll(target: Target, urls: readonly string[]): Promise<Verdict> {
  const mine = urls.filter((url) => url.includes('/socket.io/?'));
  if (mine.length === 0) throw new Error('no request of the engine was seen');
  const values = new Set<string>();
  for (const url of mine) {
    for (const [name, value] of new URL(url, target.origin).searchParams) {
      if (!['EIO', 'transport', 't'].includes(name)) values.add(value);
    }
  }
  const verdicts: Verdict[] = [];
  for (const value of values) {
    verdicts.push(
      await tryEnter(target, {
        headers: { Cookie: `token=${value}; sid=${value}` },
        query: { token: value, ticket: value },
        auth: { token: value },
      }),
    );
  }
  return judgeAll(verdicts);
}

attack('what stands in an access log opens no connection', {
  open,
  held: /^(TOKEN_INVALID|SESSION_MISSING|TOKEN_INVALID, TICKET_USED|TICKET_USED, TOKEN_INVALID)$/,
  run: async (target, openPage) => {
    await connectOnPage(target, openPage);
    return presentAll(target, (await target.steer({ do: 'urls' })) as string[]);
  },
});

attack('what stands in the performance entries of a page opens no connection', {
  open,
  held: /^(TOKEN_INVALID|SESSION_MISSING|TOKEN_INVALID, TICKET_USED|TICKET_USED, TOKEN_INVALID)$/,
  run: async (target, openPage) => {
    const page = await connectOnPage(target, openPage);
    const urls = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    return presentAll(target, urls);
  },
});
