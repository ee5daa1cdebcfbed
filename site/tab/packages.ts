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
  'socket.io-adapter',
  'sucrase',
  'zod',
];

/** The builtins that have a shim in shims/; those that are not listed cannot be imported. */
export const builtins = [
  ...['async_hooks', 'buffer', 'cluster', 'crypto', 'diagnostics_channel', 'events', 'fs', 'http'],
  ...['https', 'net', 'os', 'path', 'process', 'querystring', 'stream', 'string_decoder', 'timers'],
  ...['tls', 'tty', 'url', 'util', 'zlib'],
];

/** Builtins that packages and examples seldom import by these names, fetched when one is. */
const seldom = [
  ...['async_hooks', 'buffer', 'cluster', 'diagnostics_channel', 'https', 'net', 'os'],
  ...['querystring', 'stream', 'string_decoder', 'timers', 'tls', 'tty', 'zlib'],
].map((name) => `node:${name}`);

/** What is fetched by itself; all else comes with every server. Each server needs sucrase. */
export const ownPacks: Record<string, string[]> = {
  ...Object.fromEntries(
    packages.filter((name) => name !== 'sucrase').map((name) => [name, [name]]),
  ),
  client: ['client'],
  seldom,
};
