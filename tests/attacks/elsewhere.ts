// A page on another port of localhost, in a real browser, with the victim's cookies beside it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type { Login, Target } from './target.ts';

/** Gives the browser the cookie as the server would set it, and lands on another port. */
export async function elsewhere(
  target: Target,
  login: Login,
  openPage: () => Promise<Page>,
  sameSite: 'Lax' | 'Strict' = 'Lax',
): Promise<{ page: Page; close(): void }> {
  const http = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html').end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const page = await openPage();
  const [name = '', value = ''] = (login.headers.Cookie ?? '').split('=');
  await page.context().addCookies([{ name, value, url: target.origin, httpOnly: true, sameSite }]);
  await page.goto(`http://localhost:${port}/`);
  const close = () => {
    http.close();
    http.closeAllConnections();
  };
  return { page, close };
}

// #region listen
/** What a page hears on a bare WebSocket after a CONNECT without a credential of its own. */
export function listenFrom(page: Page, origin: string): Promise<string[]> {
  return page.evaluate(
    (url) =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        const socket = new WebSocket(url);
        socket.onmessage = ({ data }) => {
          heard.push(data);
          if (data[0] === '0') socket.send('40');
          else if (data.startsWith('40')) socket.send('421["whoami"]');
          else if (/^(431|44)/.test(data)) resolve(heard);
        };
        socket.onclose = () => resolve(heard);
      }),
    `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
  );
}
// #endregion
