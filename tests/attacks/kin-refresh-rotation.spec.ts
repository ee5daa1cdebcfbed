import { randomUUID } from 'node:crypto';
import { withstandsLike } from './kin.ts';

withstandsLike('refresh-rotation', {
  like: 'auth-field',
  except: {
    'a member is refused in the namespace of the admins': 'It has no namespace for admins.',
  },
  claims: () => ({ sid: randomUUID() }),
});
