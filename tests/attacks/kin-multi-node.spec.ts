// One node by itself, which is what stands behind a proxy: what session-passport withstands, it does.
import { withstandsLike } from './kin.ts';

const noWriting = 'No socket of it writes to a session.';

withstandsLike('multi-node', {
  like: 'session-passport',
  except: {
    'a session that was logged out is not brought back by a save': noWriting,
    'a save from a socket does not undo what another request has changed': noWriting,
  },
  options: { env: { NODES: '1' } },
});
