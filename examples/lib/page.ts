// Copy this too: serves the example's own page. In a product your bundler and web server do this.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type RequestHandler, Router } from 'express';
import { strip } from './strip.ts';

const here = dirname(process.argv[1] ?? '.');

function send(type: string, read: () => string | Promise<string>): RequestHandler {
  return async (_req, res) => {
    const body = await read();
    res.set('Cache-Control', 'no-cache').type(type).send(body);
  };
}

/**
 * `/` is index.html, `/client.js` is client.ts without its types, `/lib/dom.ts` what it imports,
 * without types too, and so is a file beside it; `/page.css` is the shared look.
 */
export const page = Router()
  .get(
    '/',
    send('html', () => readFileSync(join(here, 'index.html'), 'utf8')),
  )
  .get(
    '/client.js',
    send('js', () => strip(readFileSync(join(here, 'client.ts'), 'utf8'))),
  )
  .get(
    '/lib/dom.ts',
    send('js', () => strip(readFileSync(join(here, '../lib/dom.ts'), 'utf8'))),
  )
  .get(
    '/page.css',
    send('css', () => readFileSync(join(here, '../lib/page.css'), 'utf8')),
  )
  .get('/favicon.ico', (_req, res) => {
    res.sendStatus(204);
  });

const imported = /from '\.\/(\w+\.ts)'/g;
for (const [, file = ''] of readFileSync(`${here}/client.ts`, 'utf8').matchAll(imported)) {
  page.get(
    `/${file}`,
    send('js', () => strip(readFileSync(join(here, file), 'utf8'))),
  );
}
