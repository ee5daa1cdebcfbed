// The chat names the lesson of each defense. Every lesson that has a defense is named, and every name is a lesson.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { attacks } from '../attacks/all.ts';

const files = globSync('examples/chat/*.{ts,html}');
const lessons = new Set(
  globSync('content/docs/*/*.mdx').flatMap(
    (file) => /^slug: lessons\/(\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? [],
  ),
);
const named = new Map<string, string[]>();
for (const file of files) {
  for (const [, id = ''] of readFileSync(file, 'utf8').matchAll(/lesson: ([\w-]+)/g)) {
    named.set(id, [...(named.get(id) ?? []), file]);
  }
}

/** What the chat has no place for, and why. */
const apart: Record<string, string> = {
  'query-token': 'no credential stands in a URL',
  'query-ticket': 'no credential stands in a URL',
};

/** Lessons with a defense that no attack of the matrix is for. */
const beyond = [
  ...['expiry', 'refresh', 'logout', 'recovery', 'switching', 'namespaces', 'rooms', 'events'],
  ...['typescript', 'other-clients', 'proxies-nodes', 'limits', 'what-it-costs'],
];

test('every lesson with a defense is named in the chat', () => {
  const taught = new Set(attacks.map(({ lesson }) => lesson.replace(/#.*/, '')));
  const missing = [...taught, ...beyond].filter((id) => !named.has(id) && !apart[id]);
  assert.deepEqual(missing, []);
});

test('every lesson that the chat names is there', () => {
  const unknown = [...named].filter(([id]) => !lessons.has(id));
  assert.deepEqual(unknown, []);
});

test('the table of the lesson on the chat names the files that are there', () => {
  const lesson = readFileSync('content/docs/7-ship/capstone.mdx', 'utf8');
  const rows = [...lesson.matchAll(/^\| `([\w.-]+)`/gm)].map(([, file = '']) => file);
  assert.ok(rows.length > 10);
  assert.deepEqual(
    rows.filter((row) => !files.includes(`examples/chat/${row}`)),
    [],
  );
});
