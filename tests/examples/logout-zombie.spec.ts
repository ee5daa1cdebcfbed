// Sockets that outlive a login: on the examples, with the line taken out that ends them.
import type { Example, Variant } from '../support/example.ts';
import { bearer, logInForCookie, post } from '../support/http.ts';
import { connectPacket, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const forgets: Variant = [
  ["  endWhere(({ data }) => data.claims.jti === jti, 'TOKEN_INVALID');\n", ''],
];

test('after a logout that ends no sockets, the old socket hears on, and speaks', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { variant: forgets });
  const token = example.sign();
  const [ann, bob] = [await openWebSocket(example.origin), await openWebSocket(example.origin)];
  await ann.connect({ token });
  await bob.connect({ token: example.sign({ sub: 'u2' }) });
  await post(`${example.origin}/logout`, '', bearer(token));
  await bob.send('42["say",{"text":"she has left"}]');
  expect(await ann.next('42["said"')).toContain('she has left');
  await ann.send('42["say",{"text":"still here"}]');
  expect(await bob.next('42["said",{"from":{"id":"u1"')).toContain('still here');
});

test('after a logout the old socket is told why, and its connection closes', async ({
  startExample,
}) => {
  const example = await startExample('auth-field');
  const token = example.sign();
  const ann = await openWebSocket(example.origin);
  await ann.connect({ token });
  await post(`${example.origin}/logout`, '', bearer(token));
  await ann.isClosed(500);
  expect(ann.packets.slice(2)).toEqual([
    '42["ended",{"code":"TOKEN_INVALID","message":"This token is not valid here. Sign in again."}]',
    '41',
  ]);
  expect(ann.closed).toBe(true);
});

/** Ann logs out while the lookup of her CONNECT waits. Gives the answer to that CONNECT. */
async function logoutWhileConnecting(example: Example): Promise<string> {
  const token = example.sign();
  const ann = await openWebSocket(example.origin);
  await example.steer({ do: 'slow', ms: 200 });
  const lookedUp = example.lookup('u1');
  await ann.send(connectPacket({ token }));
  await lookedUp;
  await post(`${example.origin}/logout`, '', bearer(token));
  return (await ann.answer()).kind;
}

test('where nobody asks after the lookup, a logout during it is missed, and the socket stays', async ({
  startExample,
}) => {
  const variant: Variant = [
    ['if (code) throw new Refusal(code, sub);', 'void code;'],
    ['if (code) end(socket, code);', 'void code;'],
  ];
  expect(await logoutWhileConnecting(await startExample('auth-field', { variant }))).toBe(
    'connected',
  );
  expect(await logoutWhileConnecting(await startExample('auth-field'))).toBe('refused');
});

test('a logout ends one login: the sockets of another login of the same user stay', async ({
  startExample,
}) => {
  const example = await startExample('session-passport');
  const [phone, laptop] = [
    { Cookie: await logInForCookie(example.origin) },
    { Cookie: await logInForCookie(example.origin) },
  ];
  const [first, second] = [
    await openWebSocket(example.origin, phone),
    await openWebSocket(example.origin, laptop),
  ];
  await first.connect();
  await second.connect();
  await post(`${example.origin}/logout`, {}, phone);
  expect(await first.next('42["ended"')).toContain('SESSION_EXPIRED');
  expect(await second.isClosed(200)).toBe(false);
  await example.steer({ do: 'disable', id: 'u1' });
  expect(await second.next('42["ended"')).toContain('USER_UNKNOWN');
  expect(await second.isClosed(500)).toBe(true);
});

test('a logout needs no user store: it works while that is down', async ({ startExample }) => {
  const example = await startExample('auth-field');
  const token = example.sign();
  const ann = await openWebSocket(example.origin);
  await ann.connect({ token });
  await example.steer({ do: 'down', on: true });
  expect((await post(`${example.origin}/logout`, '', bearer(token))).status).toBe(204);
  expect(await ann.isClosed(500)).toBe(true);
});
