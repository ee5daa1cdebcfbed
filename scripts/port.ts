import { createServer } from 'node:net';

/** Whether nothing listens on this port of localhost, by IPv4 and by IPv6. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    const error = await new Promise<string | undefined>((resolve) => {
      const server = createServer();
      server.once('error', (cause: NodeJS.ErrnoException) => resolve(cause.code));
      server.listen({ port, host }, () => server.close(() => resolve(undefined)));
    });
    if (error === 'EADDRINUSE' || error === 'EACCES') return false;
  }
  return true;
}

/** The first free port from `wanted` on; throws after a hundred. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port from ${wanted} to ${wanted + 99} is free.`);
}
