import { randomUUID } from 'node:crypto';
import { signToken } from '../support/example.ts';
import { withstandsLike } from './kin.ts';

withstandsLike('refresh-rotation', {
  like: 'auth-field',
  except: {
    'a member is refused in the namespace of the admins': 'It has no namespace for admins.',
  },
  adapt: () => ({
    sign: (claims, ...rest) => signToken({ sid: randomUUID(), ...claims }, ...rest),
  }),
});
