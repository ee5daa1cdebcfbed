// Copy this too: starts, says where, and ends cleanly with sockets open.
import type { Server as HttpServer } from 'node:http';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Server } from 'socket.io';
import { env } from './env.ts';

function readPort(fallback: number): number {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' } } });
    const asked = values.port ?? env.text('PORT') ?? String(fallback);
    if (/^\d+$/.test(asked) && Number(asked) <= 65_535) return Number(asked);
    console.error(`The port must be a number from 0 to 65535, not "${asked}".`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  process.exit(2);
}

/**
 * Listens on loopback unless HOST says otherwise, prints `ready http://localhost:PORT`, and gives
 * that origin. Port: `--port`, else PORT, else the fallback; 0 asks for a free one. SIGINT and
 * SIGTERM close every connection and exit 0, or run `stop` before they do; a port in use exits 1, a
 * wrong argument 2.
 */
export function listen(
  http: HttpServer,
  io: Pick<Server, 'close'>,
  fallback: number,
  stop?: () => Promise<void>,
) {
  const port = readPort(fallback);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(0), stop ? 1500 : 1000).unref();
      if (stop) return void stop().finally(() => process.exit(0));
      io.close(() => process.exit(0));
      http.closeAllConnections();
    });
  }
  const fail = (error: NodeJS.ErrnoException) =>
    env.stop(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Stop what runs there, or choose another one: --port 0`
        : `Cannot listen: ${error.message}`,
    );
  http.once('error', fail);
  // Until somebody takes an upgraded connection nobody hears its errors, and one ends the process.
  http.on('upgrade', (_req, socket) => socket.on('error', () => socket.destroy()));
  return new Promise<string>((resolve) => {
    http.listen(port, env.text('HOST') ?? '127.0.0.1', () => {
      http.off('error', fail);
      const address = http.address();
      const origin = `http://localhost:${typeof address === 'object' ? address?.port : port}`;
      console.log(`ready ${origin}`);
      resolve(origin);
    });
  });
}
