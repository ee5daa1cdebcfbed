// Preloaded into an example (`node --import`): what only Node has, then obey.ts.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const { listen } = http.Server.prototype;
http.Server.prototype.listen = function (this: http.Server, ...args: unknown[]) {
  this.once('listening', flushCompileCache); // Node does so at its exit, and the tests kill
  return Reflect.apply(listen, this, args);
} as typeof listen;

// A hash takes a tenth of a second by design, and the tests know few passwords: each is hashed once.
const folder = 'node_modules/.cache/scrypt';
fs.mkdirSync(folder, { recursive: true });
const { scrypt } = crypto;
type Scrypt = (
  password: string,
  salt: Buffer,
  length: number,
  options: object,
  done: (error: Error | null, bytes: Buffer) => void,
) => void;
crypto.scrypt = ((password, salt, length, options, done) => {
  Reflect.set(globalThis, 'hashes', Number(Reflect.get(globalThis, 'hashes') ?? 0) + 1);
  const key = JSON.stringify([password, salt.toString('hex'), length, options]);
  const file = `${folder}/${crypto.hash('sha256', key)}`;
  if (fs.existsSync(file)) return void setImmediate(done, null, fs.readFileSync(file));
  scrypt(password, salt, length, options, (error, bytes) => {
    if (!error) {
      fs.writeFileSync(`${file}.${process.pid}`, bytes);
      fs.renameSync(`${file}.${process.pid}`, file); // whole, or not at all
    }
    done(error, bytes);
  });
}) as Scrypt as typeof scrypt;
syncBuiltinESMExports();

await import('./obey.ts'); // after the change to scrypt
