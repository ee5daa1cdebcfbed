/** What Node has without an import. It stands before every package, for they look at it when they load. */
import { Buffer } from '../shims/buffer.ts';
import process from '../shims/process.ts';
import * as timers from '../shims/timers.ts';

Object.assign(globalThis, {
  ...{ global: globalThis, process, Buffer, ...timers },
  ...{ __dirname: '/node_modules/socket.io/dist', __filename: '' }, // asked by socket.io for its client
});
Error.captureStackTrace ??= () => {};
