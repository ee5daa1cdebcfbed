// `npm start`: builds the course and serves it.
import process from 'node:process';
import { needInstall, root, run, step, tool } from './lib.ts';
import { freePort } from './port.ts';

needInstall();
const wanted = Number(process.env.PORT || 4321);
const port = await freePort(wanted);
console.log('Building the course: this takes some seconds.');
await step('build', () =>
  run([...tool('astro/bin/astro.mjs'), 'build'], { env: { SITE_URL: `http://localhost:${port}` } }),
);
const { preview } = await import('astro');
const server = await preview({ root, logLevel: 'error', server: { port } });
if (port !== wanted) console.log(`Port ${wanted} is in use, so this is the next free one.`);
console.log(`Handshake is at http://localhost:${server.port}/ (Ctrl-C ends it)`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(0), 1000).unref();
    server.stop().then(() => process.exit(0));
  });
}
