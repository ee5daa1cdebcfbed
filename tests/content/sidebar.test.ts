import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lessonOf, readLessons, sidebar } from '../../site/sidebar.ts';
import { folder } from './folder.ts';

const lesson = (id: string, module: string, order: number) =>
  `---\ntitle: T\nslug: lessons/${id}\nmodule: ${module}\norder: ${order}\noutcome: do it\n---\n`;

test('the sidebar has the written lessons by module and order, then the other pages that exist', (context) => {
  const root = folder(context, {
    'content/docs/1-ground/four-carriers.mdx': lesson('four-carriers', 'Ground', 3),
    'content/docs/1-ground/two-handshakes.mdx': lesson('two-handshakes', 'Ground', 1),
    'content/docs/0-start/start.mdx': lesson('start', 'Start', 1),
    'content/docs/progress.mdx': '',
  });
  assert.deepEqual(sidebar(root), [
    { label: 'Start', items: [{ slug: 'lessons/start' }] },
    {
      label: 'Ground',
      items: [{ slug: 'lessons/two-handshakes' }, { slug: 'lessons/four-carriers' }],
    },
    { label: 'Your progress', link: '/progress/' },
  ]);
});

test('a lesson whose frontmatter lacks something is refused with its file', () => {
  const refused = (text: string) => () => lessonOf(text, 'content/docs/0-start/start.mdx');
  assert.throws(refused(lesson('start', 'Begin', 1)), {
    message: /start\.mdx: "module" must be one of: Start, /,
  });
  assert.throws(refused(lesson('other', 'Start', 1)), {
    message: /"slug" must be lessons\/start\./,
  });
  assert.throws(refused('no frontmatter'), { message: /start\.mdx: "module"/ });
});

test('two lessons of a module with one order are refused', (context) => {
  const root = folder(context, {
    'content/docs/0-start/a.mdx': lesson('a', 'Start', 1),
    'content/docs/0-start/b.mdx': lesson('b', 'Start', 1),
  });
  assert.throws(() => readLessons(root), {
    message: /b\.mdx and .*a\.mdx have the same order, 1\./,
  });
});
