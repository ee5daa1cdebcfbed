// jwks takes its token where auth-field does, so it meets the same attacks. They sign with the issuer's key.
import { ISSUER_KEY, signAsIssuer } from '../support/issuer.ts';
import { withstandsLike } from './kin.ts';

withstandsLike('jwks', {
  like: 'auth-field',
  options: { env: { ISSUER_KEY } },
  adapt: () => ({ sign: signAsIssuer }),
});
