import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Built, type Chunk, packChunks } from '../../site/tab/packs.ts';

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

const contentOf = ({ packOf, files }: ReturnType<typeof packChunks>, file: string): string[] => {
  const pack: Chunk[] = JSON.parse(files[packOf[file] ?? ''] ?? '[]');
  return pack.map((each) => each.file);
};

test('what one package needs alone lies in its pack; what is shared lies in the base', () => {
  const packs = packChunks(chunks, own);
  assert.deepEqual(contentOf(packs, 'express.js'), ['express.js', 'send.js']);
  assert.deepEqual(contentOf(packs, 'socket.js'), ['socket.js']);
  assert.deepEqual(contentOf(packs, 'boot.js'), ['boot.js', 'shims.js', 'vary.js']);
  assert.equal(packs.packOf['shims.js'], packs.packOf['vary.js']);
});

test('a chunk is cut where it names others, and is whole again when they are put back', () => {
  const { packOf, files } = packChunks(chunks, own);
  const pack: Chunk[] = JSON.parse(files[packOf['express.js'] ?? ''] ?? '[]');
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
  const { packOf, files } = packChunks([{ file: 'a.js', code, imports: [] }], {});
  assert.deepEqual(JSON.parse(files[packOf['a.js'] ?? ''] ?? ''), [
    { file: 'a.js', parts: [code] },
  ]);
});

test('a pack whose content changes gets another name', () => {
  const before = packChunks(chunks, own).packOf;
  const changed = chunks.map((each) =>
    each.file === 'send.js' ? { ...each, code: `${each.code};` } : each,
  );
  const after = packChunks(changed, own).packOf;
  assert.notEqual(after['express.js'], before['express.js']);
  assert.equal(after['socket.js'], before['socket.js']);
});
