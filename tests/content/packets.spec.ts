// The packets on the pages are those of a run. This run makes them again, and each packet on a page
// must be among them: ids and tokens may differ, and `…` stands for what a page leaves out.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { get, logIn, post } from '../support/http.ts';
import { connectPacket, openPolling, openWebSocket, type Raw } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The `data` of every `<Packet>` of a page. */
function packetsOf(file: string): string[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  return [...text.matchAll(/<Packet\b[^>]*?\bdata=(?:"([^"]*)"|\{\s*'([^']*)'\s*\})/g)].map(
    ([, plain, quoted]) => plain ?? quoted ?? '',
  );
}

function pattern(packet: string): RegExp {
  const escaped = packet
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/"sid":"[\w-]{20}"/, '"sid":"[\\w-]{20}"')
    .replace(/eyJ[^"]*/, 'eyJ[\\w.-]+')
    .replaceAll('…', '.*');
  return new RegExp(`^${escaped}$`);
}

test('every packet on a page is one of a run', async ({ startExample, plainServer }) => {
  const run: string[] = [];
  const send = async (raw: Raw, packet: string) => {
    run.push(packet);
    await raw.send(packet);
  };

  const door = await startExample('open-door');
  run.push('GET /messages', await (await get(`${door.origin}/messages`)).text());
  const stranger = await openWebSocket(door.origin);
  await send(stranger, connectPacket());
  await stranger.answer();
  const headers = { Authorization: `Bearer ${await logIn(door.origin)}` };
  await post(`${door.origin}/messages`, { text: 'for members only' }, headers);
  await stranger.next('42');

  const field = await startExample('auth-field');
  run.push('GET /socket.io/?EIO=4&transport=polling');
  run.push(await (await fetch(`${field.origin}/socket.io/?EIO=4&transport=polling`)).text());
  const nobody = await openPolling(field.origin);
  await send(nobody, connectPacket({}));
  await nobody.answer();
  const ann = await openWebSocket(field.origin);
  await send(ann, connectPacket({ token: await logIn(field.origin) }));
  await ann.answer();
  await send(ann, '421["whoami"]');
  await ann.next('431');
  const gone = await openWebSocket(field.origin);
  await send(gone, connectPacket({ token: field.sign({ sub: 'u2' }) }));
  await gone.answer();
  await field.steer({ do: 'remove', id: 'u2' });
  const deleted = await openWebSocket(field.origin);
  await deleted.connect({ token: field.sign({ sub: 'u2' }) });

  const { io, origin } = await plainServer();
  const no = Object.assign(new Error('unauthorized'), { data: { code: 'TOKEN_INVALID' } });
  io.use((_socket, next) => next(no));
  const guesser = await openWebSocket(origin);
  for (const n of [1, 2, 3]) {
    await send(guesser, connectPacket({ token: `guess ${n}` }));
    await guesser.answer();
  }

  for (const raw of [stranger, nobody, ann, deleted, guesser]) run.push(...raw.packets);
  const pages = globSync('content/docs/{index.mdx,[0-9]*/*.mdx}', { cwd: root });
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) {
    for (const packet of packetsOf(page)) {
      expect(
        run.some((real) => pattern(packet).test(real)),
        `${page}: ${packet}`,
      ).toBe(true);
    }
  }
});
