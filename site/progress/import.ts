import { type Progress, VERSION } from './document.ts';
import { mergeNewest } from './merge.ts';
import { parse } from './parse.ts';
import { count } from './parts.ts';

/** A file, read: refused with a sentence that says why, or ready with one that says what it would do. */
export type Import =
  | { kind: 'refused'; message: string }
  | { kind: 'ready'; message: string; progress: Progress };

/** Judges the text of a file called `name` against the progress here. `now` is in milliseconds. */
export function readImport(name: string, text: string, ours: Progress, now: number): Import {
  const parsed = parse(text, now);
  if (parsed.kind === 'future')
    return refuse(
      name,
      `it has version ${parsed.version}, and this page knows ${VERSION}. Reload the page and try again.`,
    );
  if (parsed.kind === 'corrupt')
    return refuse(name, `${parsed.reason}. Choose a file that this page exported.`);
  const { added, replaced, kept } = mergeNewest(ours, parsed.progress);
  if (added + replaced + kept === 0)
    return refuse(
      name,
      'it holds no entry that can be read. Choose a file that this page exported.',
    );
  const parts = [
    `${name}: ${count(added, 'entry', 'entries')} new`,
    `${replaced} newer than yours`,
    `${kept} no newer, which stay as they are`,
  ];
  const left = parsed.dropped > 0 ? ` ${parsed.dropped} could not be read and are left out.` : '';
  return { kind: 'ready', message: `${parts.join(', ')}.${left}`, progress: parsed.progress };
}

function refuse(name: string, reason: string): Import {
  return { kind: 'refused', message: `${name} was not imported: ${reason}` };
}
