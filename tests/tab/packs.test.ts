import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Built, type Chunk, type Pack, packChunks } from '../../site/tab/packs.ts';

const chunk = (file: string, ...imports: string[]): Built => ({
  file,
  code: [...imports.map((each) => `import"./${each}";`), `run("${file}")`].join(''),
  imports,
});

const chunks = [
  chunk('boot.js', 'shims.js'),
  chunk('shims.js'),
  chunk('express.js', 'shims.js', 'vary.js', 'send.js'),
  chunk('socket.js', 'vary.js'),
  chunk('vary.js'),
  chunk('send.js'),
];
const own = { express: ['express.js'], socket: ['socket.js'] };

const contentOf = (packs: Record<string, Pack>, name: string): Chunk[] =>
  JSON.parse(packs[name]?.text ?? '[]');
const filesOf = (packs: Record<string, Pack>, name: string) =>
  contentOf(packs, name).map(({ file }) => file);

test('what one package needs alone lies in its pack; what is shared lies in the base', () => {
  const packs = packChunks(chunks, own);
  assert.deepEqual(filesOf(packs, 'express'), ['send.js', 'express.js']);
  assert.deepEqual(filesOf(packs, 'socket'), ['socket.js']);
  assert.deepEqual(filesOf(packs, 'base'), ['shims.js', 'boot.js', 'vary.js']);
});

test('each chunk stands behind those that it imports', () => {
  const packs = packChunks(
    [chunk('a.js', 'b.js', 'c.js'), chunk('b.js', 'c.js'), chunk('c.js')],
    {},
  );
  assert.deepEqual(filesOf(packs, 'base'), ['c.js', 'b.js', 'a.js']);
});

test('a chunk is cut where it names others, and is whole again when they are put back', () => {
  const pack = contentOf(packChunks(chunks, own), 'express');
  const parts = pack.find(({ file }) => file === 'express.js')?.parts ?? [];
  assert.deepEqual(
    parts.filter((_, n) => n % 2 === 1),
    ['shims.js', 'vary.js', 'send.js'],
  );
  const whole = parts.map((part, n) => (n % 2 === 1 ? `"./${part}"` : part)).join('');
  assert.equal(whole, chunks.find(({ file }) => file === 'express.js')?.code);
});

test('a string that looks like a chunk and is none stays in the text', () => {
  const code = 'console.log("./other.js")';
  const packs = packChunks([{ file: 'a.js', code, imports: [] }], {});
  assert.deepEqual(contentOf(packs, 'base'), [{ file: 'a.js', parts: [code] }]);
});

test('a pack whose content changes gets another name', () => {
  const before = packChunks(chunks, own);
  const changed = chunks.map((each) =>
    each.file === 'send.js' ? { ...each, code: `${each.code};` } : each,
  );
  const after = packChunks(changed, own);
  assert.notEqual(after['express']?.file, before['express']?.file);
  assert.equal(after['socket']?.file, before['socket']?.file);
});
