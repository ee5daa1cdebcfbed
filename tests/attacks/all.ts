// All attacks, in the order of the matrix.
import './tokens.ts';
import './users.ts';
import './namespaces.ts';
import './guessing.ts';
import './origins.ts';
import './cookies.ts';
import './logs.ts';
import './tickets.ts';
import './sessions.ts';
import './logins.ts';
import './lifetime.ts';
import './payloads.ts';
import './limits.ts';

export { attacks, cellOf, exampleNames } from './attack.ts';
