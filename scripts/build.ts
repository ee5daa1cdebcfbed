// `npm run build`: the site as static files in dist/. SITE_URL, BASE_PATH and REPO_URL set its place.
import process from 'node:process';
import { needInstall, run, tool } from './lib.ts';

needInstall();
const { code } = await run([...tool('astro/bin/astro.mjs'), 'build', ...process.argv.slice(2)], {
  show: true,
});
process.exit(code);
