// The examples that have a server of the one shape, and in what they differ.
import { ISSUER_KEY } from './issuer.ts';

/** What an example's login gives, and how a client presents it. */
export interface Carrier {
  name: string;
  cookie?: true;
  /** Its page asks at once whether anybody is signed in, and may hear 401. */
  asks?: true;
  secret?: string;
  /** What is said of a secret that is five bytes long; default: that it needs 32. */
  short?: RegExp;
  /** One that will do, where the secret of the tests does not. */
  good?: string;
  ttl?: string;
  /** Turns the login's headers into the client's options. */
  options: (login: Headers, origin: string) => object | Promise<object>;
}
export type Headers = Record<string, string>;

const tokenOf = (login: Headers) => login['Authorization']?.slice('Bearer '.length);
const asAuth = (login: Headers) => ({ auth: { token: tokenOf(login) } });
const asCookie = (login: Headers) => ({ extraHeaders: login });

const session = {
  cookie: true,
  secret: 'SESSION_SECRET',
  ttl: 'SESSION_TTL',
  options: asCookie,
} as const;

export const carriers: Carrier[] = [
  { name: 'open-door', options: asAuth },
  { name: 'auth-field', options: asAuth },
  { name: 'refresh-rotation', asks: true, options: asAuth },
  { name: 'recovery', options: asAuth },
  { name: 'rooms', options: asAuth },
  { name: 'query-token', options: (login) => ({ query: { token: tokenOf(login) } }) },
  {
    name: 'query-ticket',
    options: async (headers, origin) => {
      const response = await fetch(`${origin}/ticket`, { method: 'POST', headers });
      return { query: await response.json() };
    },
  },
  { name: 'react-hook', options: asAuth },
  { name: 'jwt-cookie', cookie: true, options: asCookie },
  { name: 'session-passport', ...session },
  { name: 'multi-node', ...session },
  { name: 'chat', ...session },
  {
    name: 'jwks',
    secret: 'ISSUER_KEY',
    short: /^ISSUER_KEY is no RSA private key/,
    good: ISSUER_KEY,
    options: asAuth,
  },
];
