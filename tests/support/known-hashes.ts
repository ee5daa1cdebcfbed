// Stands in for `scrypt` in a server in the tab (see tab.ts). A hash is half a second of JavaScript there, and the tests
// know few passwords: each is made once, by the first server that needs it. What steer.ts does in Node.
import { scrypt as make, type ScryptOptions } from 'node:crypto';
import process from 'node:process';

type Done = (error: Error | null, bytes: Buffer) => void;

/** What earlier servers made, in base64. */
const earlier: Record<string, string> = JSON.parse(process.env.HANDSHAKE_HASHES ?? '{}');
const known = new Map<string, Promise<Buffer>>();
for (const [key, text] of Object.entries(earlier)) {
  known.set(key, Promise.resolve(Buffer.from(text, 'base64')));
}

export function scrypt(
  password: string,
  salt: Buffer,
  length: number,
  options: ScryptOptions,
  done: Done,
): void {
  Reflect.set(globalThis, 'hashes', Number(Reflect.get(globalThis, 'hashes') ?? 0) + 1);
  const key = JSON.stringify([password, salt.toString('hex'), length, options]);
  const found =
    known.get(key) ??
    new Promise<Buffer>((resolve, reject) => {
      make(password, salt, length, options, (error, bytes) => {
        if (error) return reject(error);
        process.send?.({ hashed: [key, bytes.toString('base64')] });
        resolve(bytes);
      });
    });
  known.set(key, found);
  found.then(
    (bytes) => done(null, bytes),
    (error: Error) => done(error, Buffer.alloc(0)),
  );
}
