// Times, spans and values as a reader reads them.

const UNITS: [name: string, seconds: number][] = [
  ['y', 31_557_600],
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];
const DEEPEST = 40;

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');

/** A moment in ms since the epoch as the reader's clock shows it: "12:00:01.123". */
export function clock(at: number): string {
  const date = new Date(at);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${parts.map((part) => pad(part, 2)).join(':')}.${pad(date.getMilliseconds(), 3)}`;
}

/** A span of seconds in its two largest units, rounded down: "14 min 50 s". */
export function span(seconds: number): string {
  const whole = Math.floor(seconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first < 0) return 'less than a second';
  let rest = whole;
  const parts = UNITS.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? `${count} ${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}

/** A text's beginning, where it is longer than `length` characters. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** A value as JSON over several lines; on one where it is nested so deep that the indents would outgrow it. Undefined is no JSON, and empty. */
export function pretty(value: unknown): string {
  try {
    const flat = JSON.stringify(value) ?? '';
    return depthOf(flat) > DEEPEST ? flat : (JSON.stringify(value, null, 2) ?? '');
  } catch {
    return 'nested too deep to show';
  }
}

/** How deep JSON is nested, or more: brackets in its strings count as well. */
function depthOf(json: string): number {
  let deepest = 0;
  let depth = 0;
  for (const char of json) {
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
