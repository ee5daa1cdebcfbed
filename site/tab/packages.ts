/** What an example may import in the tab. */
export const packages = [
  'cookie',
  'express',
  'express-session',
  'jose',
  'jsonwebtoken',
  'passport',
  'passport-local',
  'rate-limiter-flexible',
  'socket.io',
  'sucrase',
  'zod',
];

/** The builtins that have a shim in shims/; those that are not listed cannot be imported. */
export const builtins = [
  ...['async_hooks', 'buffer', 'cluster', 'crypto', 'diagnostics_channel', 'events', 'fs', 'http'],
  ...['https', 'net', 'os', 'path', 'process', 'querystring', 'stream', 'string_decoder', 'timers'],
  ...['tls', 'tty', 'url', 'util', 'zlib'],
];
