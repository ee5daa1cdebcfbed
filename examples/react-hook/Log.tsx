// What happened, line by line.
import { useEffect, useRef } from 'react';
import type { Status } from './useSocket.ts';

/** A status as the hook gave it, or a text. */
export type Line = Status | { text: string; kind?: 'yes' | 'no' };

/** The status in words: the code for who looks into it, the message for everybody. */
export function wordsOf(status: Status): string {
  return 'code' in status ? `${status.is}: ${status.code}. ${status.message}` : status.is;
}

function kindOf(line: Line): string | undefined {
  if ('text' in line) return line.kind;
  return line.is === 'connected' ? 'yes' : 'code' in line ? 'no' : undefined;
}

export function Log({ lines }: { lines: Line[] }) {
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lines.length > 0) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [lines]);
  return (
    <>
      <h2 id="log-title">What happened</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <div role="log" ref={log} aria-labelledby="log-title" tabIndex={0}>
        {lines.length === 0 && <p className="muted">Nothing yet. Press a button.</p>}
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are added at the end alone
          <p key={index} className={kindOf(line)}>
            {'text' in line ? line.text : wordsOf(line)}
          </p>
        ))}
      </div>
    </>
  );
}
