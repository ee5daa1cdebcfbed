// Copy this too: the signing secret. There is no fallback that anybody could read in the source.
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { env } from './env.ts';

/**
 * The HMAC key named in the environment. RFC 7518 §3.2 asks for at least 256 bits for HS256.
 * A KeyObject, because a library that is given a string parses it again at every call.
 */
export function secret(name: string): KeyObject {
  const value = env.text(name);
  if (value === undefined) {
    console.error(`${name} is not set: a random one serves this run, and logins end with it.`);
    return createSecretKey(randomBytes(32));
  }
  const bytes = Buffer.from(value);
  if (bytes.length < 32) {
    env.stop(`${name} has ${bytes.length} bytes and needs 32. Make one: openssl rand -base64 48`);
  }
  return createSecretKey(bytes);
}
