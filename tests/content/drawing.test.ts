import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeDiff } from '../../site/codeDiff.ts';
import { draw } from '../../site/diagram.ts';
import { labelCells } from '../../site/tables.ts';

const sequence = (message: string) =>
  `sequenceDiagram\n  participant B as browser\n  participant S as server.ts\n  B->>S: ${message}`;

test('a diagram brings no style, no address and no size of its own', () => {
  const { svg, width } = draw(sequence('40{}'));
  assert.doesNotMatch(svg, /<style|https?:\/\/(?!www\.w3\.org)|<svg[^>]* style=/);
  assert.match(svg, /^<svg[^>]*viewBox=/);
  assert.ok(width > 100);
});

test('lifelines move apart until the longest message fits', () => {
  const long = 'GET /socket.io/?EIO=4&transport=polling';
  assert.ok(draw(sequence(long)).width > draw(sequence('40{}')).width + 80);
});

test('two diagrams on one page share no ids', () => {
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const [a, b] = [draw(sequence('40')).svg, draw(sequence('41')).svg].map(ids);
  assert.equal(a?.filter((id) => b?.includes(id)).length, 0);
});

test('text that is no diagram is refused with its first line', () => {
  assert.throws(() => draw('sequenceDiagramm\n  a'), { message: /^Diagram "sequenceDiagramm"/ });
});

test('a diff has the lines of both, and says which went and which came', () => {
  assert.deepEqual(codeDiff('a\nb\nc', 'a\nB\nc\nd'), {
    code: 'a\nb\nB\nc\nd',
    removed: [2],
    added: [3, 5],
  });
});

test('each body cell of a table is labeled with the heading of its column', () => {
  const table =
    '<table><thead><tr><th>carrier</th><th>who <em>reads</em></th></tr></thead><tbody><tr><td>cookie</td><td align="left">nobody</td></tr></tbody></table>';
  assert.match(
    labelCells(`<p>before</p>${table}`),
    /<td data-label="carrier">cookie<\/td><td data-label="who reads" align="left">/,
  );
  assert.equal(
    labelCells('<table><tr><td>1</td></tr></table>'),
    '<table><tr><td>1</td></tr></table>',
  );
});
