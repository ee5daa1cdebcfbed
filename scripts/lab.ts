// `npm run lab`: lists the labs. `npm run lab NAME`: your copy of its server, attacked at every save.
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { attack, type Row } from '../examples/labs/lib/attack.ts';
import { type LabFolder, listLabs, loadLab } from '../site/labs/list.ts';
import {
  begin,
  markSolved,
  nextHints,
  ownFile,
  solutionText,
  startingText,
  startOver,
  stateOf,
} from './labs/own.ts';
import { Board, draw } from './labs/table.ts';
import { startServer } from './labs/target.ts';
import { needInstall, root } from './lib.ts';

needInstall();
const labs = listLabs(root);
const { flags, name } = read();
if (name === undefined) {
  list();
  process.exit(0);
}
const lab = labs.find((each) => each.name === name || each.name.slice(3) === name);
if (!lab) {
  console.error(`There is no lab "${name}".`);
  list();
  process.exit(2);
}
if (flags.hint) hint(lab);
else if (flags.solution) solution(lab);
else if (flags.reset) reset(lab);
else await work(lab);

/** npm keeps a flag that is given without `--` to itself, and tells it in the environment. */
function read() {
  const names = ['once', 'reset', 'solution', 'hint'] as const;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: Object.fromEntries(names.map((each) => [each, { type: 'boolean' as const }])),
    });
    const given = (each: (typeof names)[number]) =>
      values[each] === true || process.env[`npm_config_${each}`] === 'true';
    const found = Object.fromEntries(names.map((each) => [each, given(each)]));
    return { name: positionals[0], flags: found as Record<(typeof names)[number], boolean> };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('Usage: npm run lab [NAME [-- --once | --reset | --solution | --hint]]');
    process.exit(2);
  }
}

function list(): void {
  const words = { solved: 'solved', begun: 'begun', new: '' };
  console.log('Labs, break it, then fix it: npm run lab NAME');
  for (const each of labs) {
    const state = words[stateOf(root, each)].padEnd(6);
    console.log(`  ${state}  ${each.name.padEnd(30)} level ${each.level}  ${each.title}`);
  }
}

/** One more each time. */
function hint(each: LabFolder): void {
  const hints = nextHints(root, each);
  for (const [n, text] of hints.entries()) console.log(`${n + 1}. ${text}\n`);
  const left = each.hints.length - hints.length;
  console.log(left > 0 ? `${left} more: ask again.` : `These are all. The lesson: ${each.lesson}`);
}

function solution(each: LabFolder): void {
  console.log(
    createTwoFilesPatch(
      'server.ts',
      'fixed.ts',
      startingText(root, each),
      solutionText(root, each),
      '',
      '',
      { context: 2 },
    ),
  );
}

function reset(each: LabFolder): void {
  const kept = startOver(root, each);
  console.log(
    `${ownFile(each)} is as at the start.${kept ? ` What you had is kept: ${kept}` : ''}`,
  );
}

async function work(each: LabFolder): Promise<void> {
  const made = begin(root, each);
  const file = join(root, ownFile(each));
  const exploits = await loadLab(root, each);
  console.log(`${each.title}: ${each.teaches}.`);
  console.log(
    `${made ? 'Made' : 'Yours is'} ${ownFile(each)}. Change it until every attack is held.\n`,
  );
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile') };

  const round = async (signal?: AbortSignal): Promise<boolean> => {
    const board = new Board();
    const rows: Row[] = [];
    const width = process.stdout.columns ?? 100;
    board.show(draw(exploits, rows, width), false);
    const tell = (row: Row) => {
      rows.push(row);
      if (!signal?.aborted) board.show(draw(exploits, rows, width), false);
    };
    const start = () => startServer(file, { env: { ...exploits.settings, ...env } });
    await attack(exploits, start, { tell, ...(signal ? { signal } : {}) });
    if (signal?.aborted) return false;
    const done = rows.length > 0 && rows.every(({ ok }) => ok);
    const sum = done
      ? 'Solved: every attack is held, and honest clients are served.'
      : `Not yet. A hint: npm run lab ${each.name} -- --hint`;
    board.show(`${draw(exploits, rows, width)}\n\n${sum}`, true);
    if (done) markSolved(root, each);
    return done;
  };

  const done = await round();
  if (flags.once) process.exit(done ? 0 : 1);
  console.log('\nWatching: save to attack again, Ctrl-C to stop.');
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve(false);
  watch(dirname(file), () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      console.log(`\n${new Date().toLocaleTimeString()}`);
      last = last.then(() => (signal.aborted ? false : round(signal)));
    }, 150);
  });
}
