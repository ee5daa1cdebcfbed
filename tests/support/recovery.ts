// What the tests of connection state recovery share: what a client needs to come back, and what it missed.
import type { Example } from './example.ts';
import { connectPacket, openWebSocket, type Raw } from './raw.ts';

/** What the official client keeps, and presents in its next CONNECT. */
export interface Kept {
  pid: string;
  offset: string;
}
export type Visitor = { raw: Raw; sid: string; kept: Kept };

const argsOf = (packet = '42[]'): unknown[] => JSON.parse(packet.slice(packet.indexOf('[')));

/** Connects, waits for a first event, and keeps what it needs to come back. */
export async function visit(origin: string, auth: object = {}): Promise<Visitor> {
  const raw = await openWebSocket(origin);
  await raw.send(connectPacket(auth));
  const connected = JSON.parse((await raw.next('40'))?.slice(2) ?? '{}');
  const offset = String(argsOf(await raw.next('42')).at(-1));
  return { raw, sid: connected.sid, kept: { pid: connected.pid, offset } };
}

/** Breaks the connection as a tunnel does: no packet says goodbye. */
export async function drop(visitor: Visitor, origin: string): Promise<void> {
  visitor.raw.close();
  (await openWebSocket(origin)).close(); // by the end of these round trips the server has noticed
}

/** Sends CONNECT with this, and gives all that comes until the answer and an acknowledgement after it. */
export async function comeBack(origin: string, auth: object) {
  const raw = await openWebSocket(origin);
  await raw.send(connectPacket(auth));
  const answer = await raw.answer();
  if (answer.kind === 'connected') {
    await raw.send('429["whoami"]'); // behind its answer nothing of before is on its way any more
    await raw.next('439');
  } else await raw.isClosed(500);
  return { raw, answer, packets: raw.packets.slice(1), texts: textsOf(raw) };
}

/** What was said, in the order in which it came. */
export function textsOf(raw: Raw): string[] {
  const said = raw.packets.filter((packet) => packet.startsWith('42["said"'));
  return said.map((packet) => (argsOf(packet)[1] as { text: string }).text);
}

/** Somebody who is in says these, and each has been heard by the server when this resolves. */
export async function say({ origin, sign }: Example, ...texts: string[]): Promise<void> {
  const bob = await openWebSocket(origin);
  await bob.connect({ token: sign({ sub: 'u2' }) });
  for (const text of texts) {
    await bob.send(`428["say",${JSON.stringify({ text })}]`);
    await bob.next('438');
  }
  bob.close();
}
