// The packets of: cookies-cross. What a page of another port sends, and a cookie planted beside Ann's.
import { get } from 'node:http';
import { logInForCookie } from '../../support/http.ts';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

export async function record({ shareExample, plainServer, keep, send }: Run): Promise<void> {
  const example = await shareExample('jwt-cookie');
  const ann = await logInForCookie(example.origin);
  const url = `${example.origin}/socket.io/?EIO=4&transport=websocket`;
  const other = { Origin: 'http://localhost:4002', Cookie: ann };
  keep(`Origin: ${other.Origin}`, `Cookie: ${ann}`);
  const bare = await plainServer();
  const open = await openWebSocket(bare.origin, other);
  keep(...open.packets);
  const status = await new Promise<string>((resolve) => {
    get(url, { headers: { ...upgrade, ...other } }, (response) => {
      resolve(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`);
      response.destroy();
    });
  });
  keep(status);

  const planted = `${await logInForCookie(example.origin, 'bob')}; ${ann}`;
  keep(`Cookie: ${planted}`);
  const me = await fetch(`${example.origin}/me`, { headers: { Cookie: ann } });
  keep('GET /me', await me.text());
  const socket = await openWebSocket(example.origin, { Cookie: planted });
  await send(socket, connectPacket());
  await socket.answer();
  keep(...socket.packets);
}
