// `node site/tab/cli.ts` in the project's folder: builds the runtime where it is out of date. A process of its own,
// for the build asks Node which names a package has, and Astro's configuration is loaded by something else.
import process from 'node:process';
import { prepareTab } from './prepare.ts';

await prepareTab(process.cwd());
