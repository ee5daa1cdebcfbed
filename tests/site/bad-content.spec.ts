// A mistake in the content fails the build, in words that a writer of lessons can act on.
import { build } from '../support/build.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 });

const start = 'content/docs/0-start/start.mdx';

test('a region that is gone fails the build, with file, region and the regions there are', async () => {
  const { code, output } = await build({
    [start]: (text) => text.replace('region="rest"', 'region="no-such"'),
  });
  expect(code).toBe(1);
  expect(output).toContain('examples/open-door/server.ts');
  expect(output).toContain('no-such');
  expect(output).toContain('rest, socket');
});

test('a quiz option without its reason fails the build, with file and question', async () => {
  const { code, output } = await build({
    'content/quizzes/start.yaml': (text) => text.replace(/\n {8}why: .*/, ''),
  });
  expect(code).toBe(1);
  expect(output).toContain('content/quizzes/start.yaml');
  expect(output).toContain('open-feed-reader');
});
