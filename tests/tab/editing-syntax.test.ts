import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drawPlace, locate, withoutGuess } from '../../site/playground/editing/locate.ts';
import { findMistake } from '../../site/playground/editing/syntax.ts';
import { placeOf } from '../../site/playground/place.ts';

const SERVER = '/handshake/examples/auth-field/server.ts';
const CLIENT = '/handshake/examples/auth-field/client.ts';
const server = readFileSync(
  new URL('../../examples/auth-field/server.ts', import.meta.url),
  'utf8',
);
const lines = server.split('\n');
/** The server with a line put in as line `at`. */
const withLine = (at: number, line: string) => lines.toSpliced(at - 1, 0, line).join('\n');
const end = lines.length; // its last line is empty

test('no file of an example is called wrong', () => {
  const files = globSync('examples/**/*.ts', { cwd: new URL('../../', import.meta.url) });
  assert.ok(files.length > 30);
  for (const file of files) {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    assert.equal(findMistake(text), undefined, file);
  }
});

for (const [what, text, line, column, message] of [
  ['a missing type', withLine(60, 'const x: = 3;'), 60, 10, 'Unexpected token ='],
  ['a stray ) in the middle', withLine(101, '  )'), 101, 3, 'Unexpected token )'],
  ['a block left open', `${server}if (own) {\n`, end + 1, 1, /^The file ends too early/],
  ['a call left open', `${server}log(own\n`, end + 1, 1, /^The file ends too early/],
  ['a template at the end', `${server}const t = \`abc;\n`, end, 11, 'Unterminated template'],
  [
    'a template in the middle',
    withLine(2, 'const t = `abc;'),
    2,
    11,
    /^Unterminated template: .* 37$/,
  ],
  ['a string', withLine(30, "const s = 'abc;"), 30, 11, 'Unterminated string constant'],
  ['a comma', withLine(30, 'const o = { a: 1 b: 2 };'), 30, 18, 'Unexpected token b'],
  ['a } too many', `${server}}\n`, end, 1, 'Unexpected token }'],
  ['a name twice', `${server}const own = 1;\n`, end, 7, /'own' has already been declared/],
  ['an await in a plain function', `${server}function f() { await 1; }\n`, end, 16, /await/],
  ['a const without a value', `${server}const q;\n`, end, 8, 'Unexpected token ;'],
  ['a return outside', `${server}return 3;\n`, end, 1, /'return' outside/],
] as const) {
  test(`${what} is found at line ${line}, column ${column}`, () => {
    const found = findMistake(text);
    assert.deepEqual([found?.line, found?.column], [line, column]);
    if (typeof message === 'string') assert.equal(found?.message, message);
    else assert.match(found?.message ?? '', message);
  });
}

test('the place that sucrase guessed is not printed', () => {
  const told = 'SourceError: examples/auth-field/server.ts:34:64: Unexpected token\nat line 1:2\n';
  assert.equal(
    withoutGuess(told),
    'SourceError: examples/auth-field/server.ts: Unexpected token\nat line 1:2\n',
  );
  const other = "SourceError: examples/auth-field/server.ts: cannot import 'x'\n";
  assert.equal(withoutGuess(other), other);
});

test('of several changed files the one that is named comes first, and the page’s own script last', async () => {
  const bad = 'const = 1;\n';
  const files: [string, string][] = [
    [CLIENT, bad],
    ['/handshake/examples/auth-field/index.html', '<p>const = 1;'],
    [SERVER, `\n${bad}`],
  ];
  const changed = new Set(files.map(([path]) => path));
  const where = async (errors: string, which = changed) => {
    const place = await locate(errors, files, which);
    return place && `${place.name}:${place.line}:${place.column}`;
  };
  assert.equal(await where('SyntaxError: Invalid token'), 'server.ts:2:7');
  assert.equal(await where(`SourceError: ${CLIENT.slice(11)}:9:9: Unexpected`), 'client.ts:1:7');
  assert.equal(await where('SyntaxError: Invalid token', new Set([CLIENT])), 'client.ts:1:7');
  assert.equal(await where('SyntaxError: no', new Set()), undefined);
  assert.equal(
    await where(`SourceError: ${SERVER.slice(11)}:9:8: Unexpected`, new Set()),
    'server.ts:9:8',
    'what was told, where nothing better is known',
  );
  assert.equal(
    await where('Error: it\n    at examples/auth-field/server.ts:7:3\n'),
    'server.ts:7:3',
  );
});

test('the message of a place is what stands above its stack, not what was printed before', () => {
  const errors =
    '{"event":"refused"}\nError: stop\n    at f (x.js:1:1)\n    at examples/auth-field/server.ts:7:3\n';
  assert.deepEqual(placeOf(errors, [SERVER]), {
    ...{ path: SERVER, name: 'server.ts', line: 7, column: 3, message: 'Error: stop' },
  });
});

test('a place is drawn with its line, and a caret below the column, tabs included', () => {
  const place = { path: 'a/server.ts', name: 'server.ts', line: 2, column: 3, message: 'No' };
  assert.equal(drawPlace(place, 'one\n\t\tx;'), 'a/server.ts:2:3: No\n2 | \t\tx;\n  | \t\t^');
});
