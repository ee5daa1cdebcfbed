// What the shims take from npm without types of its own. Node's own types stand for what is rebuilt here.
declare module 'path-browserify' {
  export { default } from 'node:path';
}
declare module 'object-inspect' {
  export default function inspect(value: unknown, options?: object): string;
}
declare module 'buffer/' {
  export const Buffer: typeof globalThis.Buffer;
  export const kMaxLength: number;
}
