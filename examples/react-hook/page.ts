// Serves the page, built by Vite when it is first asked for: a server that starts need not wait. In a
// product the build runs before, and a web server has the files.
import { extname } from 'node:path';
import process from 'node:process';
import { type RequestHandler, Router } from 'express';

type File = { fileName: string; body: string | Uint8Array };

/** The page's files, in memory: two servers of one folder do not write into each other's build. */
async function build(): Promise<File[]> {
  process.env.NODE_ENV ??= 'development'; // in production React checks nothing, and calls no effect twice
  const vite = await import('vite');
  const built = await vite.build({
    root: import.meta.dirname,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, modulePreload: false },
  });
  if (!('output' in built)) throw new Error('Vite has built no page.');
  return built.output.map((each) => ({
    fileName: each.fileName,
    body: each.type === 'chunk' ? each.code : each.source,
  }));
}

let files: Promise<File[]> | undefined;

const send: RequestHandler = async (req, res, next) => {
  files ??= build();
  const wanted = req.path === '/' ? 'index.html' : req.path.slice(1);
  const file = (await files).find(({ fileName }) => fileName === wanted);
  if (!file) return next();
  res.set('Cache-Control', 'no-cache').type(extname(wanted)).send(Buffer.from(file.body));
};

/** `/` is index.html, `/assets/…` what Vite has made of client.tsx and what it imports. */
export const page = Router()
  .get('/favicon.ico', (_req, res) => {
    res.sendStatus(204);
  })
  .get(['/', '/assets/:file'], send);
