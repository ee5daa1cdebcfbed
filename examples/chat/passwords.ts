// Passwords: which are taken, and what is kept of them.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// N=2^14, r=8, p=5: one of the OWASP Password Storage Cheat Sheet's minimum settings for scrypt.
const COST = [2 ** 14, 8, 5] as const;

function derive(password: string, salt: Buffer, [N, r, p]: readonly number[]): Promise<Buffer> {
  const cost: ScryptOptions = { N, r, p };
  return new Promise((resolve, reject) => {
    // One password has two spellings in Unicode: a phone and a laptop may type different ones.
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, bytes) =>
      error ? reject(error) : resolve(bytes),
    );
  });
}

/** What is stored: the cost, so that it can rise one day, a salt of its own, and the hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const bytes = await derive(password, salt, COST);
  return ['scrypt', ...COST, salt.toString('base64url'), bytes.toString('base64url')].join('$');
}

// A hash of bytes that nobody kept: it costs a wrong name as much time as a wrong password.
const nobody =
  'scrypt$16384$8$5$JfelvlOGT0at2Vt4xMUYdw$GjqIT6ag0DaQQNpVrNPgUZBto7VUjp7nNeaMrHNMM2c';

/** Whether it is the password. Takes as long for an account that is not there. lesson: start */
export async function isPassword(password: string, stored: string = nobody): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = stored.split('$');
  const bytes = await derive(password, Buffer.from(salt, 'base64url'), [N, r, p].map(Number));
  return timingSafeEqual(bytes, Buffer.from(hash, 'base64url'));
}

// The first that everybody tries. A product asks a list of leaked passwords: there are millions.
const common = [
  'password',
  'passwort',
  'qwerty',
  'letmein',
  'iloveyou',
  'welcome',
  '123456',
  'abc',
];

// #region password-rules
/** Why this password is not taken, or undefined. Length counts; a digit at the end does not. */
export function weakness(name: string, password: string): string | undefined {
  if (password.length < 12) return 'A password has at least 12 characters.';
  if (password.length > 256) return 'A password has at most 256 characters.';
  const small = password.toLowerCase();
  if (small.includes(name.toLowerCase())) return 'A password does not contain your name.';
  const rest = common.reduce((text, word) => text.replaceAll(word, ''), small);
  if (new Set(rest).size < 5) return 'This password is one of the first that everybody tries.';
  return undefined;
}
// #endregion
