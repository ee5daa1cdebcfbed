// The packets of: choose. Ann signs out at one of two servers, and connects to the other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Variant } from '../../support/example.ts';
import { logIn, logInForCookie, post } from '../../support/http.ts';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** session-passport with a store that several processes share: a file for each session. */
export function sharedStore(): Variant {
  const path = mkdtempSync(join(tmpdir(), 'handshake-store-'));
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  const folder = JSON.stringify(path);
  const store = `new (class extends session.Store {
    fs = process.getBuiltinModule('node:fs');
    file = (id) => ${folder} + '/' + Buffer.from(id).toString('hex');
    get(id, done) {
      const there = this.fs.existsSync(this.file(id));
      done(null, there ? JSON.parse(this.fs.readFileSync(this.file(id), 'utf8')) : null);
    }
    set(id, row, done) {
      this.fs.writeFileSync(this.file(id) + '.new', JSON.stringify(row));
      this.fs.renameSync(this.file(id) + '.new', this.file(id));
      done?.(null);
    }
    touch(id, row, done) {
      this.fs.existsSync(this.file(id)) ? this.set(id, row, done) : done?.(null);
    }
    destroy(id, done) {
      this.fs.rmSync(this.file(id), { force: true });
      done?.(null);
    }
  })()`;
  return [['new session.MemoryStore()', store, 'session.ts']];
}

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const signOut = async (origin: string, headers: Record<string, string>) => {
    const { status, statusText } = await post(`${origin}/logout`, {}, headers);
    keep('POST /logout', `HTTP/1.1 ${status} ${statusText}`);
  };
  const two = (name: string, variant: Variant = []) =>
    Promise.all([startExample(name, { variant }), startExample(name, { variant })]);
  const [field, otherField] = await two('auth-field');
  const token = await logIn(field.origin);
  await signOut(field.origin, { Authorization: `Bearer ${token}` });
  const byToken = await openWebSocket(otherField.origin);
  await send(byToken, connectPacket({ token }));
  await byToken.answer();

  const [here, there] = await two('session-passport', sharedStore());
  const Cookie = await logInForCookie(here.origin);
  await signOut(here.origin, { Cookie });
  const bySession = await openWebSocket(there.origin, { Cookie });
  keep(`Cookie: ${Cookie}`);
  await send(bySession, '40');
  await bySession.answer();
  keep(...byToken.packets, ...bySession.packets);
  await Promise.all([field, otherField, here, there].map((server) => server.stop()));
}
