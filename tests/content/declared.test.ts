// An example that does not run in the tab says so, and why; what it says badly ends in words.
import assert from 'node:assert/strict';
import test from 'node:test';
import { whyNotInTab } from '../../site/tab/declared.ts';
import { folder } from './folder.ts';

const FILE = 'examples/chat/example.json';
const WHY = 'It needs Redis, and three processes.';

test('an example runs in the tab unless it says that it does not', (context) => {
  const yes = '{ "runsInTab": true }';
  const root = folder(context, { 'examples/a/server.ts': '', 'examples/b/example.json': yes });
  assert.equal(whyNotInTab(root, 'a'), undefined);
  assert.equal(whyNotInTab(root, 'b'), undefined);
});

test('one that does not run in the tab says why', (context) => {
  const root = folder(context, { [FILE]: JSON.stringify({ runsInTab: false, why: WHY }) });
  assert.equal(whyNotInTab(root, 'chat'), WHY);
});

const bad: [text: string, words: RegExp][] = [
  ['{', /example\.json is not JSON: /],
  ['[]', /example\.json has to be an object, not \[\]\.$/],
  ['null', /example\.json has to be an object, not null\.$/],
  ['{}', /runsInTab has to be true or false, not missing\.$/],
  ['{ "runsInTab": "no" }', /runsInTab has to be true or false, not "no"\.$/],
  ['{ "runsInTab": 0 }', /runsInTab has to be true or false, not 0\.$/],
  ['{ "runsInTab": false }', /why has to say in a sentence.*, not missing\.$/],
  ['{ "runsInTab": false, "why": "" }', /why has to say in a sentence.*, not ""\.$/],
  ['{ "runsInTab": false, "why": "Redis" }', /why has to say in a sentence.*, not "Redis"\.$/],
  ['{ "runsInTab": false, "why": 7 }', /why has to say in a sentence.*, not 7\.$/],
  [`{ "runsInTab": true, "why": "${WHY}" }`, /why stands beside "runsInTab": false/],
  [`{ "runsintab": false, "why": "${WHY}" }`, /there is no "runsintab"/],
];
for (const [text, words] of bad) {
  test(`of an example, ${text} is refused in words, with its file`, (context) => {
    const root = folder(context, { [FILE]: text });
    assert.throws(
      () => whyNotInTab(root, 'chat'),
      ({ message }: Error) => message.startsWith(FILE) && words.test(message),
    );
  });
}
