// `npm run bench`: ratios, each with a control. Never part of the tests: machines are noisy.
import { needInstall } from './lib.ts';

needInstall();
await import('../bench/login.ts');
await import('../bench/handshake.ts');
