// `npm run dev`: the course, rebuilt as its files change.
import process from 'node:process';
import { needInstall, run, tool } from './lib.ts';

needInstall();
const { code } = await run(
  [...tool('astro/bin/astro.mjs'), 'dev', '--ignore-lock', ...process.argv.slice(2)],
  { show: true },
);
process.exit(code);
