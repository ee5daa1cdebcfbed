import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inline } from '../../site/quiz/inline.ts';
import type { ReadRegion } from '../../site/quiz/rules.ts';
import { checkQuizzes, sectionProblems } from '../../site/quiz/validate.ts';

const FILE = 'content/quizzes/start.yaml';

const readRegion: ReadRegion = (file, region) => {
  if (region !== 'check')
    throw new Error(`${file} has no #region ${region}: name one that is there`);
  return { firstLine: 10, lines: ['io.use((socket, next) => {', '  next();', '  next();', '});'] };
};

const option = (id: string, rest = '') => `      - {id: ${id}, text: T, why: W${rest}}`;

const single = (options: string[], more: string[] = []) =>
  [
    'questions:',
    '  - id: open-feed',
    '    kind: single',
    '    level: junior',
    '    section: the-feed',
    '    prompt: Who reads the feed?',
    ...more.map((line) => `    ${line}`),
    '    options:',
    ...options,
  ].join('\n');

const good = single([option('a', ', right: true'), option('b'), option('c')]);

const spot = (lines: string[], region = 'check') =>
  [
    'questions:',
    '  - id: where-is-it',
    '    kind: spot',
    '    level: mid',
    '    section: the-feed',
    '    prompt: Which line?',
    '    file: examples/auth-field/server.ts',
    `    region: ${region}`,
    '    lines:',
    ...lines,
  ].join('\n');

const problemsOf = (text: string, file = FILE) =>
  checkQuizzes([{ file, text }], readRegion).problems;

test('a quiz file that keeps all the rules passes, and its lesson is its name', () => {
  const { quizzes, problems } = checkQuizzes([{ file: FILE, text: good }], readRegion);
  assert.deepEqual(problems, []);
  assert.equal(quizzes[0]?.lesson, 'start');
});

test('a YAML error in a quiz names the file and the line', () => {
  const [problem = ''] = problemsOf('questions:\n  - id: a\n    prompt: one: two\n');
  assert.match(problem, /^content\/quizzes\/start\.yaml, line 3: not valid YAML/);
});

test('a quiz file without questions is refused', () => {
  assert.deepEqual(problemsOf('draft: true'), [`${FILE} has no questions`]);
  assert.deepEqual(problemsOf('questions: []'), [`${FILE} has too few questions: at least 1`]);
});

test('a quiz file that is not named after a lesson is refused', () => {
  assert.deepEqual(problemsOf(good, 'content/quizzes/My Quiz.yaml'), [
    'content/quizzes/My Quiz.yaml: name the file after its lesson, in kebab-case',
  ]);
});

const cases: [string, string, string][] = [
  [
    'an option without an explanation',
    single([option('a', ', right: true'), '      - {id: b, text: T}', option('c')]),
    'question open-feed: option b has no why',
  ],
  [
    'two options only',
    single([option('a', ', right: true'), option('b')]),
    'question open-feed: has too few options: at least 3',
  ],
  [
    'no right option in a single',
    single(['a', 'b', 'c'].map((id) => option(id))),
    'question open-feed: 0 options are right: mark exactly one with right: true, or use kind multiple',
  ],
  [
    'no right option in a multiple',
    single(['a', 'b', 'c'].map((id) => option(id))).replace('single', 'multiple'),
    'question open-feed: no option is right: mark at least one with right: true',
  ],
  [
    'an option id used twice',
    single([option('a', ', right: true'), option('b'), option('b')]),
    'question open-feed: option b stands twice: give each option its own id',
  ],
  [
    'right: yes',
    single([option('a', ', right: yes'), option('b'), option('c')]),
    'question open-feed: option a has a wrong right ("yes"): write true, or leave the key out',
  ],
  [
    'a misspelled key',
    single([option('a', ', rihgt: true'), option('b'), option('c')]),
    'question open-feed: option a has an unknown key rihgt',
  ],
  [
    'an unknown kind',
    good.replace('single', 'riddle'),
    'question open-feed: has a wrong kind ("riddle"): use single, multiple, spot, predict, order or open',
  ],
  [
    'an id that is not kebab-case',
    good.replace('open-feed', 'Open_Feed'),
    'question Open_Feed: has a wrong id ("Open_Feed"): use lower-case letters, digits and single hyphens',
  ],
  ['no prompt', good.replace(/ {4}prompt.*\n/, ''), 'question open-feed: has no prompt'],
  [
    'a source that is neither a test nor a document',
    single(
      [option('a', ', right: true'), option('b'), option('c')],
      ['sources: [{doc: RFC 7518}]'],
    ),
    'question open-feed: source number 1 does not fit ({"doc":"RFC 7518"}): write {test: title} or {doc: name, url: https address}',
  ],
];
for (const [what, text, expected] of cases)
  test(`a question with ${what} fails the build by name`, () => {
    assert.deepEqual(problemsOf(text), [`${FILE}, ${expected}`]);
  });

test('a step or a line of a rubric that stands twice fails the build by name', () => {
  const steps = good.replace('single', 'order').replace('options:', 'steps:');
  assert.deepEqual(problemsOf(steps.replace(', right: true', '').replace('{id: c', '{id: a')), [
    `${FILE}, question open-feed: step a stands twice: give each step its own id`,
  ]);
});

test('two questions with one id fail the build, in different files too', () => {
  const files = [
    { file: FILE, text: good },
    { file: 'content/quizzes/rooms.yaml', text: good },
  ];
  assert.deepEqual(checkQuizzes(files, readRegion).problems, [
    `content/quizzes/rooms.yaml, question open-feed: this id stands already in ${FILE}; give it another`,
  ]);
});

test('a question must lead back to a heading of its lesson', () => {
  const [entry] = checkQuizzes([{ file: FILE, text: good }], readRegion).quizzes;
  assert.ok(entry);
  assert.deepEqual(sectionProblems(FILE, entry.quiz, ['the-feed']), []);
  assert.deepEqual(sectionProblems(FILE, entry.quiz, ['one', 'two']), [
    `${FILE}, question open-feed: the lesson has no section "the-feed"; it has one, two`,
  ]);
});

const line = (text: string, right = ', right: true') =>
  `      - {id: it, text: ${JSON.stringify(text)}, why: W${right}}`;

test('a spot question finds its line by text', () => {
  assert.deepEqual(problemsOf(spot([line('io.use')])), []);
});

test('a spot question fails the build when its text is in no line, or in two', () => {
  const where =
    'of examples/auth-field/server.ts #region check; give a text that one line alone holds';
  assert.deepEqual(problemsOf(spot([line('io.on')])), [
    `${FILE}, question where-is-it: line it: "io.on" is in no line ${where}`,
  ]);
  assert.deepEqual(problemsOf(spot([line('next();')])), [
    `${FILE}, question where-is-it: line it: "next();" is in 2 lines ${where}`,
  ]);
});

test('a spot question fails the build when its region is gone, or no line is right', () => {
  assert.deepEqual(problemsOf(spot([line('io.use')], 'gone')), [
    `${FILE}, question where-is-it: examples/auth-field/server.ts has no #region gone: name one that is there`,
  ]);
  assert.deepEqual(problemsOf(spot([line('io.use', '')])), [
    `${FILE}, question where-is-it: no line is right: mark at least one with right: true`,
  ]);
});

test('code and emphasis are marked in a question, and everything else stays text', () => {
  assert.deepEqual(inline('Does `io.use` *refuse* <b>it</b>?'), [
    { kind: 'text', text: 'Does ' },
    { kind: 'code', text: 'io.use' },
    { kind: 'text', text: ' ' },
    { kind: 'em', text: 'refuse' },
    { kind: 'text', text: ' <b>it</b>?' },
  ]);
});

test('a mark inside code is kept as it stands', () => {
  assert.deepEqual(inline("`origin: '*'`, 2 * 3 * 4"), [
    { kind: 'code', text: "origin: '*'" },
    { kind: 'text', text: ', 2 * 3 * 4' },
  ]);
});
