// `npm run check`: everything that can be said of the project without running it.
import { check, syncTypes } from './checks.ts';
import { needInstall } from './lib.ts';

needInstall();
await syncTypes();
await check();
