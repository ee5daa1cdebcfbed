// The chat as a browser meets it: see kin-chat.spec.ts.
import { steered } from '../support/chat.ts';
import { withstandsLike } from './kin.ts';

const pageOfItsOwn =
  'Its page is a chat, with no buttons of a lab: see tests/examples/chat-page.spec.ts.';
const elsewhere =
  'The number stands in another of its files: see tests/examples/chat-door.spec.ts.';
const noSave = 'No socket writes to a session.';
const token = 'Without any credential it says TOKEN_MISSING, as in kin-chat.spec.ts.';

withstandsLike('chat', {
  like: 'session-passport',
  options: steered,
  except: {
    'what stands in an access log opens no connection': pageOfItsOwn,
    'what stands in the performance entries of a page opens no connection': pageOfItsOwn,
    'a store that never answers is given up after 3 seconds': elsewhere,
    'a session that was logged out is not brought back by a save': noSave,
    'a save from a socket does not undo what another request has changed': noSave,
    'a client without a token is refused': token,
    'a second namespace asks for a token as the first one does': token,
    'a namespace made later asks for a token too': token,
    'an unknown namespace asks for a token, and closes the connection without one': token,
  },
});
