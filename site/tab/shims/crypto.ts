// node:crypto over @noble/hashes and the browser's own random numbers: hashes, HMAC, scrypt, secret keys.
// Keys in pairs (RSA, EC, EdDSA) are not available here; jose has them, by way of the browser.
import { hmac as hmacOf } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { scryptAsync, scrypt as scryptSync_ } from '@noble/hashes/scrypt.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Buffer } from './buffer.ts';

const algorithms = { md5, sha1, sha256, sha384, sha512 };
type Data = string | Uint8Array | ArrayBuffer;
type Encoding = 'hex' | 'base64' | 'base64url' | 'latin1' | 'buffer';
interface Running {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}

const bytesOf = (data: Data, encoding?: string): Uint8Array =>
  typeof data === 'string'
    ? Buffer.from(data, encoding as BufferEncoding)
    : new Uint8Array(
        data instanceof ArrayBuffer
          ? data
          : data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
      );

function find(name: string) {
  const key = name.toLowerCase().replace('-', '') as keyof typeof algorithms;
  const found = Object.hasOwn(algorithms, key) ? algorithms[key] : undefined;
  if (!found) throw new Error(`Digest method not supported in the tab: ${name}`);
  return found;
}

export class Hash {
  private readonly running: Running;
  private done = false;
  constructor(running: Running) {
    this.running = running;
  }
  update(data: Data, encoding?: string): this {
    if (this.done) throw new Error('Digest already called');
    this.running.update(bytesOf(data, encoding));
    return this;
  }
  digest(encoding?: Encoding): string | Buffer {
    if (this.done) throw new Error('Digest already called');
    this.done = true;
    const bytes = Buffer.from(this.running.digest());
    return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
  }
}
export class Hmac extends Hash {}

export const createHash = (name: string) => new Hash(find(name).create());
export const hash = (name: string, data: Data, encoding: Encoding = 'hex') =>
  createHash(name).update(data).digest(encoding);
export const createHmac = (name: string, key: Data | KeyObject) =>
  new Hmac(hmacOf.create(find(name), key instanceof KeyObject ? key.export() : bytesOf(key)));
export const getHashes = () => Object.keys(algorithms);

/** A secret key: bytes that no log prints. */
export class KeyObject {
  readonly type = 'secret';
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get symmetricKeySize(): number {
    return this.#bytes.length;
  }
  export(): Buffer {
    return Buffer.from(this.#bytes);
  }
  equals(other: KeyObject): boolean {
    return timingSafeEqual(this.export(), other.export());
  }
}
export const createSecretKey = (key: Data, encoding?: string) =>
  new KeyObject(bytesOf(key, encoding));

export function randomBytes(size: number, done?: (error: null, bytes: Buffer) => void) {
  const bytes = randomFillSync(Buffer.alloc(size));
  if (!done) return bytes;
  queueMicrotask(() => done(null, bytes));
  return undefined;
}
export function randomFillSync<T extends Uint8Array>(bytes: T): T {
  for (let at = 0; at < bytes.length; at += 65_536) {
    const part = new Uint8Array(Math.min(65_536, bytes.length - at));
    bytes.set(crypto.getRandomValues(part), at);
  }
  return bytes;
}
// crypto.randomUUID is for secure contexts, and an opaque origin is none.
export function randomUUID(): string {
  const bytes = randomFillSync(Buffer.alloc(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
export function randomInt(low: number, high?: number): number {
  const [from, to] = high === undefined ? [0, low] : [low, high];
  return (
    from + Math.floor((randomFillSync(Buffer.alloc(6)).readUIntBE(0, 6) / 2 ** 48) * (to - from))
  );
}

export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) {
    throw new RangeError('Input buffers must have the same byte length');
  }
  let different = 0;
  for (let at = 0; at < a.length; at += 1) different |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return different === 0;
}

interface ScryptOptions {
  N?: number;
  r?: number;
  p?: number;
  cost?: number;
  blockSize?: number;
  parallelization?: number;
}
const costOf = (length: number, { N, r, p, cost, blockSize, parallelization }: ScryptOptions) => ({
  ...{ N: N ?? cost ?? 16_384, r: r ?? blockSize ?? 8, p: p ?? parallelization ?? 1 },
  dkLen: length,
});
type Scrypted = (error: Error | null, bytes?: Buffer) => void;

/** The same numbers, slower than Node's: it takes turns with what else the server does. */
export function scrypt(password: Data, salt: Data, length: number, ...rest: unknown[]): void {
  const done = rest.at(-1) as Scrypted;
  const options = (rest.length > 1 ? rest[0] : {}) as ScryptOptions;
  scryptAsync(bytesOf(password), bytesOf(salt), { ...costOf(length, options), asyncTick: 20 }).then(
    (bytes) => done(null, Buffer.from(bytes)),
    done,
  );
}
export const scryptSync = (password: Data, salt: Data, length: number, options = {}) =>
  Buffer.from(scryptSync_(bytesOf(password), bytesOf(salt), costOf(length, options)));

// They are named here because jsonwebtoken looks for the first, to know whether there are KeyObjects.
const locally = (name: string) => (): never => {
  throw new Error(`${name} of node:crypto is not available in the tab: run this example locally`);
};
export const createPublicKey = locally('createPublicKey');
export const createPrivateKey = locally('createPrivateKey');
export const createSign = locally('createSign');
export const createVerify = locally('createVerify');

export const webcrypto = globalThis.crypto;
export const constants = {};
