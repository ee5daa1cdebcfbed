// node:util, as far as Express, ws, Passport and the examples use it.
import objectInspect from 'object-inspect';
import { stackOf } from '../stack.ts';

type Callback = (error: unknown, value?: unknown) => void;
type Method = (...args: unknown[]) => unknown;

const custom = Symbol.for('nodejs.util.promisify.custom');
export function promisify(work: Method): Method {
  const own = Reflect.get(work, custom);
  if (typeof own === 'function') return own as Method;
  return function (this: unknown, ...args: unknown[]) {
    return new Promise((resolve, reject) => {
      const done: Callback = (error, value) => (error ? reject(error) : resolve(value));
      Reflect.apply(work, this, [...args, done]);
    });
  };
}
promisify.custom = custom;

export function inherits(child: { prototype: object }, parent: { prototype: object }): void {
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

export function inspect(value: unknown, options: { depth?: number | null } = {}): string {
  if (value instanceof Error) return stackOf(String(value), value.stack);
  return objectInspect(value, { depth: options.depth ?? 3, quoteStyle: 'single' });
}
inspect.custom = Symbol.for('nodejs.util.inspect.custom');
inspect.defaultOptions = {};

/** As console.log does it: `%s %d %i %f %j %o %O %%`, then what is left, apart by blanks. */
export function format(first: unknown, ...rest: unknown[]): string {
  const show = (value: unknown) => (typeof value === 'string' ? value : inspect(value));
  if (typeof first !== 'string') return [first, ...rest].map(show).join(' ');
  const left = [...rest];
  const text = first.replace(/%[sdifjoOc%]/g, (sign) => {
    if (sign === '%%') return '%';
    if (left.length === 0) return sign;
    const value = left.shift();
    if (sign === '%s') return typeof value === 'object' ? inspect(value) : String(value);
    if (sign === '%d' || sign === '%f') return String(Number(value));
    if (sign === '%i') return String(Number.parseInt(String(value), 10));
    if (sign === '%j') return JSON.stringify(value);
    return sign === '%c' ? '' : inspect(value);
  });
  return [text, ...left.map(show)].join(' ');
}

export const deprecate = <T>(work: T): T => work;
export const debuglog = () => Object.assign(() => {}, { enabled: false });
export const isDeepStrictEqual = (a: unknown, b: unknown) => inspect(a) === inspect(b);
export const isArray = Array.isArray;
export const { TextDecoder, TextEncoder } = globalThis;

const is = (name: string) => (value: unknown) =>
  Object.prototype.toString.call(value) === `[object ${name}]`;
export const types = {
  ...{ isNativeError: is('Error'), isDate: is('Date'), isRegExp: is('RegExp') },
  ...{
    isMap: is('Map'),
    isSet: is('Set'),
    isPromise: is('Promise'),
    isUint8Array: is('Uint8Array'),
  },
  isAnyArrayBuffer: (value: unknown) => value instanceof ArrayBuffer,
};

interface Option {
  type: 'string' | 'boolean';
  short?: string;
  default?: unknown;
}

/** Long options alone, `--name value` and `--name=value`; anything else throws, as strict mode does. */
export function parseArgs({
  args,
  options = {},
}: {
  args?: string[];
  options?: Record<string, Option>;
}) {
  const values: Record<string, unknown> = Object.create(null);
  const given = [...(args ?? process.argv.slice(2))];
  for (let arg = given.shift(); arg !== undefined; arg = given.shift()) {
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const option = options[name];
    if (!option) throw new TypeError(`Unknown option '${arg}'`);
    if (option.type === 'boolean') values[name] = true;
    else {
      const value = inline ?? given.shift();
      if (value === undefined) throw new TypeError(`Option '--${name} <value>' argument missing`);
      values[name] = value;
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined) values[name] ??= option.default;
  }
  return { values, positionals: [] };
}
