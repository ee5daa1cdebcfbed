// react-hook's server is that of auth-field: what is new in it is the page.
import { withstandsLike } from './kin.ts';

const page = 'its page has other buttons; react-login.spec.ts looks for the token on it';

withstandsLike('react-hook', {
  like: 'auth-field',
  except: {
    'what stands in an access log opens no connection': page,
    'what stands in the performance entries of a page opens no connection': page,
  },
});
