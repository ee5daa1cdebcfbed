// `npm run format`: puts the sources into the project's form.
import { needInstall, run, tool } from './lib.ts';

needInstall();
await run([...tool('@biomejs/biome/bin/biome'), 'check', '--write', '.'], { show: true });
await run([...tool('prettier/bin/prettier.cjs'), '--write', 'content/**/*.mdx'], { show: true });
