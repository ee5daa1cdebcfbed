import { at, attacksFor } from './attack.ts';
import { tryEnter, tryToken, tryTokens } from './target.ts';

const attack = attacksFor('trust-a-jwt', { calm: true });
// A session carries no claims, so what is done to claims has no counterpart there.
const not = at(
  'A session id is random and means nothing by itself: there are no claims to change.',
  'session-passport',
);

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);

attack('a client without a token is refused', {
  lesson: 'auth-field',
  held: 'TOKEN_MISSING',
  heldAt: at('SESSION_MISSING', 'session-passport'),
  run: (target) => tryEnter(target),
});

attack('seven forms of garbage are refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) =>
    tryTokens(target, [
      '',
      ' ',
      'null',
      'a.b.c',
      '%00'.repeat(20),
      'x'.repeat(8_000),
      target.sign().slice(0, -4),
    ]),
});

attack('an object, an array or a number as token is refused', {
  lesson: 'auth-field#a-field-of-auth-holds-any-json',
  not: {
    ...at(
      'A header, a cookie and a query hold text, and nothing else.',
      'jwt-cookie',
      'query-token',
      'query-ticket',
    ),
    ...not,
  },
  held: 'TOKEN_INVALID',
  run: (target) => {
    const claims = { sub: 'u1', jti: 'x', iat: seconds(), exp: seconds() + 900 };
    return tryTokens(target, [claims, [target.sign()], 42, true, null]);
  },
});

attack('alg none is refused, in five spellings', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => {
    const payload = target.sign({ sub: 'u3' }).split('.')[1];
    const spellings = ['none', 'None', 'NONE', 'nOnE', ''];
    return tryTokens(
      target,
      spellings.map((alg) => `${encode({ alg, typ: 'JWT' })}.${payload}.`),
    );
  },
});

attack('a token signed with another key is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) =>
    tryToken(target, target.sign({ sub: 'u3' }, 'a key that the server has never had')),
});

attack('a token whose claims were changed after signing is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => {
    const [head, payload, signature] = target.sign().split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    return tryToken(target, [head, encode({ ...claims, sub: 'u3' }), signature].join('.'));
  },
});

attack('a token signed with an algorithm that is not the pinned one is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => tryToken(target, target.sign({}, undefined, 'HS512')),
});

attack('an expired token is refused', {
  not,
  held: 'TOKEN_EXPIRED',
  run: (target) => tryToken(target, target.sign({ iat: seconds() - 900, exp: seconds() - 1 })),
});

attack('a token without exp is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => tryToken(target, target.sign({ exp: null })),
});

attack('a token for another audience is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) =>
    tryTokens(target, [target.sign({ aud: 'another-app' }), target.sign({ aud: null })]),
});

attack('a token of another issuer is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) =>
    tryTokens(target, [target.sign({ iss: 'somebody' }), target.sign({ iss: null })]),
});

attack('a password-reset token, signed with the same key, is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => tryToken(target, target.sign({ aud: 'handshake-reset', purpose: 'reset' })),
});

attack('a token without a subject is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => tryTokens(target, [target.sign({ sub: null }), target.sign({ sub: '' })]),
});

attack('a token without an id of its own is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: (target) => tryToken(target, target.sign({ jti: null })),
});
