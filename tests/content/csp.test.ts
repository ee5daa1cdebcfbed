import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkCsp, listInline } from '../../site/csp.ts';
import { folder } from './folder.ts';

const POLICY = "default-src 'none'; script-src 'self' 'sha256-b3RoZXI='; style-src 'self'; ";
const page = (body: string) =>
  `<html><head><meta charset="utf-8"/><script>theme()</script><meta http-equiv="content-security-policy" content="${POLICY}"></head><body>${body}</body></html>`;

test('each page gets the hashes of its own inline scripts and styles, before all of them', (context) => {
  const dist = folder(context, {
    'index.html': page('<style>p{}</style><script src="/a.js"></script>'),
    'deep/index.html': page('<script type="application/json">{"a":1}</script>'),
  });
  listInline(dist);
  checkCsp(dist);
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  assert.ok(html.indexOf('content-security-policy') < html.indexOf('theme()'));
  assert.equal(html.match(/sha256-/g)?.length, 2);
  assert.doesNotMatch(html, /b3RoZXI=/);
  assert.match(html, /script-src 'self' 'sha256-[^']+'; style-src 'self' 'sha256-[^']+'/);
  assert.equal(readFileSync(join(dist, 'deep/index.html'), 'utf8').match(/sha256-/g)?.length, 1);
});

test('a script that came after the hashes were listed is refused with its page and its beginning', (context) => {
  const dist = folder(context, { 'index.html': page('') });
  listInline(dist);
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const late = folder(context, {
    'lessons/index.html': html.replace('<body>', '<body><script>alert("late")</script>'),
  });
  assert.throws(() => checkCsp(late), {
    message: /lessons\/index\.html: script-src does not list 'sha256-[^']+': alert\("late"\)/,
  });
});

test('a page without a policy, or with a script before it, is refused', (context) => {
  const dist = folder(context, { 'bare.html': '<html></html>', 'early.html': page('') });
  assert.throws(() => checkCsp(dist), {
    message:
      /bare\.html: no content security policy[\s\S]*early\.html: stands before the policy: theme\(\)/,
  });
});
