// Copy this too: serves the example's own page. In a product your bundler and web server do this.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type RequestHandler, Router } from 'express';
import { transform } from 'sucrase';

const here = dirname(process.argv[1] ?? '.');

function send(type: string, read: () => string): RequestHandler {
  return (_req, res) => {
    res.set('Cache-Control', 'no-cache').type(type).send(read());
  };
}

/** `/` is index.html, `/client.js` is client.ts without its types, `/page.css` the shared look. */
export const page = Router()
  .get(
    '/',
    send('html', () => readFileSync(join(here, 'index.html'), 'utf8')),
  )
  .get(
    '/client.js',
    send('js', () => {
      const source = readFileSync(join(here, 'client.ts'), 'utf8');
      return transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
    }),
  )
  .get(
    '/page.css',
    send('css', () => readFileSync(join(here, '../lib/page.css'), 'utf8')),
  )
  .get('/favicon.ico', (_req, res) => {
    res.sendStatus(204);
  });
