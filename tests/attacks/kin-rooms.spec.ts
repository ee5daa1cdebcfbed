// rooms has the door of auth-field: what auth-field holds, it holds.
import { withstandsLike } from './kin.ts';

withstandsLike('rooms', { like: 'auth-field' });
