// recovery is auth-field with a memory for broken connections: it meets the same attacks.
import { withstandsLike } from './kin.ts';

withstandsLike('recovery', { like: 'auth-field' });
