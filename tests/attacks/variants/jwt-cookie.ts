import type { Variant } from '../../support/example.ts';
import { earlyWith, noAdminNamespace } from './namespaces.ts';

const firstOfTwo: Variant = [["found.length > 1 ? 'ambiguous' : ", '']];
const tokenAsSid: Variant = [
  ['generateId = ({ headers }) => ', 'generateId = ({ headers }) => tokenIn(headers.cookie) ?? '],
  ['const fits = ', 'const fits = req !== undefined || '],
];

export const jwtCookie: Record<string, Variant> = {
  ...noAdminNamespace,
  ...earlyWith('readToken(handshake)'),
  'an expired token is refused': [
    ["algorithms: ['HS256'] }", "algorithms: ['HS256'], ignoreExpiration: true }"],
  ],
  'a cookie planted for a longer path does not change who the socket is': firstOfTwo,
  'two cookies of one name are refused': firstOfTwo,
  'malformed, huge and __proto__ cookies are refused, and the process lives': [
    ["parseCookie(found[0] ?? '')[NAME]", "decodeURIComponent(found[0]?.split('=')[1] ?? '')"],
    ['const fits = !sid || ', 'const fits = seal(req.headers.cookie) === sid || '],
  ],
  'what stands in an access log opens no connection': tokenAsSid,
  'what stands in the performance entries of a page opens no connection': tokenAsSid,
};
