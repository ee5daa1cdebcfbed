// The page of the chat, with the headers that keep foreign script out of it. In a product your bundler
// and web server do this.
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import { env } from '../lib/env.ts';
import { page } from '../lib/page.ts';
import { strip } from '../lib/strip.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
const html = read('index.html');
const inline = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
const demo = /<p class="muted" id="demo">[\s\S]*?<\/p>/; // the accounts of demo.ts
const shown = env.text('NODE_ENV') === 'production' ? html.replace(demo, '') : html;

// #region policy
// A message is text, and is shown as text. Should that fail one day, this lets no script of it run.
// lesson: jwt-cookie
const policy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${hash('sha256', inline, 'base64')}'`,
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
// #endregion

export const pages = Router();
pages.use((_req, res, next) => {
  res.set('Content-Security-Policy', policy);
  res.set('X-Content-Type-Options', 'nosniff');
  res.set('Referrer-Policy', 'no-referrer');
  next();
});
for (const file of readdirSync(import.meta.dirname).filter((name) => /^page-\w+\.ts$/.test(name))) {
  pages.get(`/${file}`, async (_req, res) => {
    res
      .set('Cache-Control', 'no-cache')
      .type('js')
      .send(await strip(read(file)));
  });
}
pages.get('/', (_req, res) => {
  res.set('Cache-Control', 'no-cache').type('html').send(shown);
});
pages.get('/chat.css', (_req, res) => {
  res.set('Cache-Control', 'no-cache').type('css').send(read('chat.css'));
});
pages.use(page);
