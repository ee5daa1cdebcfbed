// node:timers: timers are objects, as in Node, and setImmediate runs before the next timeout.
const { setTimeout: start, setInterval: repeat, clearTimeout: stop } = globalThis;

type Work = (...args: unknown[]) => void;

class Timeout {
  private id: number;
  private readonly begin: () => number;

  constructor(begin: () => number) {
    this.begin = begin;
    this.id = begin();
  }
  refresh(): this {
    stop(this.id);
    this.id = this.begin();
    return this;
  }
  close(): this {
    stop(this.id);
    return this;
  }
  // A tab's worker lives until it is ended: nothing waits for a timer.
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

// What Node does with a delay that is no whole number from 1 to 2^31 - 1: one millisecond.
const delayOf = (ms: unknown) => {
  const delay = Number(ms);
  return delay >= 1 && delay <= 2 ** 31 - 1 ? Math.trunc(delay) : 1;
};

export const setTimeout = (work: Work, ms?: number, ...args: unknown[]) =>
  new Timeout(() => Number(start(work, delayOf(ms), ...args)));
export const setInterval = (work: Work, ms?: number, ...args: unknown[]) =>
  new Timeout(() => Number(repeat(work, delayOf(ms), ...args)));
export function clearTimeout(timer?: Timeout | number): void {
  if (timer instanceof Timeout) timer.close();
  else stop(timer);
}
export const clearInterval = (timer?: Timeout | number) => clearTimeout(timer);

const due = new Map<object, () => void>();
const channel = new MessageChannel();
channel.port1.onmessage = () => {
  const [first] = due;
  if (!first) return;
  due.delete(first[0]);
  first[1]();
};

class Immediate {
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}
export function setImmediate(work: Work, ...args: unknown[]): Immediate {
  const immediate = new Immediate();
  due.set(immediate, () => work(...args));
  channel.port2.postMessage(0);
  return immediate;
}
export function clearImmediate(immediate?: Immediate): void {
  if (immediate) due.delete(immediate);
}
