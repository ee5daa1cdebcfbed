import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBuiltLinks, checkLinks, rootedLinks } from '../../site/links.ts';
import { folder } from './folder.ts';

test('a link in MDX that starts with a slash is refused with its line', (context) => {
  const root = folder(context, {
    'content/docs/a.mdx': 'one [good](https://example.org) link\n\n[bad](/lessons/start/)\n',
  });
  assert.throws(() => checkLinks(root), {
    message: /<Lesson id="…">[\s\S]*content\/docs\/a\.mdx:3$/,
  });
});

test('a slash in code is no link', () => {
  assert.deepEqual(rootedLinks('`[x](/y)`\n```html\n<a href="/z">\n```\n<a href="/w">'), [5]);
});

test('a built site whose links all lead somewhere passes, below a base too', (context) => {
  const dist = folder(context, {
    'index.html': '<a href="/base/a/#part">a</a><a href="https://example.org/x">x</a>',
    'a/index.html': '<h2 id="part"></h2><a href="#part">up</a><link rel="icon" href="/base/i.svg">',
    'i.svg': '',
  });
  checkBuiltLinks(dist, '/base');
});

test('a built link that leads nowhere is refused with its page', (context) => {
  const dist = folder(context, {
    'index.html': '<a href="/gone/">1</a><a href="/a/#gone">2</a><a href="#here">3</a>',
    'a/index.html': '<a href="/">4</a>',
  });
  assert.throws(() => checkBuiltLinks(dist, '/'), {
    message:
      'Broken links:\n  index.html: /gone/ leads to no page\n  index.html: /a/#gone names no part of a/index.html\n  index.html: #here names no part of index.html',
  });
  assert.throws(() => checkBuiltLinks(dist, '/base/'), {
    message: /\/gone\/ is outside the base \/base\//,
  });
});
