// The chat lets in by both carriers, so it meets the attacks of both.
import { signForChat, steered } from '../support/chat.ts';
import { withstandsLike } from './kin.ts';

const pageOfItsOwn =
  'Its page is a chat, with no buttons of a lab: see tests/examples/chat-page.spec.ts.';
const elsewhere =
  'The number stands in another of its files: see tests/examples/chat-door.spec.ts.';
const url = {
  'what stands in an access log opens no connection': pageOfItsOwn,
  'what stands in the performance entries of a page opens no connection': pageOfItsOwn,
};
const slow = { 'a store that never answers is given up after 3 seconds': elsewhere };

withstandsLike('chat', {
  like: 'auth-field',
  options: steered,
  adapt: () => ({ sign: signForChat }),
  except: { ...url, ...slow },
});
