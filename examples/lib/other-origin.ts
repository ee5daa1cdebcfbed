// A page of another origin that goes for the login of an example. It is for learning on your own
// machine, and not to be copied. It listens on loopback only, whatever HOST says: who opens this page
// is who it attacks, and that must be nobody but you.
// `node examples/lib/other-origin.ts --target http://localhost:3002 [--port N]`
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';
import { parseArgs } from 'node:util';
import express, { type Request } from 'express';
import { strip } from './strip.ts';

function usage(problem: unknown): never {
  console.error(problem instanceof Error ? problem.message : problem);
  console.error('other-origin.ts --target http://localhost:PORT [--port N]');
  process.exit(2);
}

/** The target's origin. Only localhost is taken: another machine is nobody's to attack from here. */
function readTarget(text = ''): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const http = url && ['http:', 'https:'].includes(url.protocol);
  if (http && url.hostname === 'localhost') return url.origin;
  return usage(`The target must be an example on localhost, not "${text}".`);
}

function readArgs(): { target: string; port: number | undefined } {
  const options = { target: { type: 'string' }, port: { type: 'string' } } as const;
  try {
    const { target, port } = parseArgs({ options }).values;
    if (port === undefined || (/^\d+$/.test(port) && Number(port) <= 65_535)) {
      return { target: readTarget(target), port: port === undefined ? port : Number(port) };
    }
    return usage(`The port must be a number from 0 to 65535, not "${port}".`);
  } catch (error) {
    return usage(error);
  }
}

const { target, port } = readArgs();
const socketIo = import.meta.resolve('socket.io-client/package.json');
const read = (path: string, from = import.meta.url) => readFileSync(new URL(path, from), 'utf8');
const routes: Record<string, [type: string, text: (req: Request) => string | Promise<string>]> = {
  '/': ['html', html],
  '/page.css': ['css', () => read('page.css')],
  '/socket.io-client.js': ['js', () => read('dist/socket.io.esm.min.js', socketIo)],
  '/other-origin-page.js': ['js', () => strip(read('other-origin-page.ts'))],
  '/dom.ts': ['js', () => strip(read('dom.ts'))],
};

/** The page, with the names of the cookies it was asked with. Their values are nobody's business. */
function html({ headers: { cookie = '' } }: Request): string {
  const names = cookie.match(/(?<=^|; )[\w-]+(?==)/g) ?? ['none'];
  const text = read('other-origin.html').replaceAll('%TARGET%', target);
  return text.replace('%NAMES%', names.join(', '));
}

const app = express().disable('x-powered-by');
for (const [path, [type, text]] of Object.entries(routes)) {
  app.get(path, async (req, res) => {
    const body = await text(req);
    res.set('Cache-Control', 'no-cache').type(type).send(body);
  });
}
app.get('/favicon.ico', (_req, res) => void res.sendStatus(204));

const server = createServer(app);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE' && port === undefined) return server.listen(0, '127.0.0.1');
  console.error(`Cannot listen on port ${port ?? 4002}: ${error.message}`);
  process.exit(1);
});
server.on('listening', () => {
  const address = server.address();
  console.log(
    `other origin http://localhost:${typeof address === 'object' ? address?.port : port}`,
  );
});
server.listen(port ?? 4002, '127.0.0.1');
