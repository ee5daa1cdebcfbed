// Copy this too: starts, says where, and ends cleanly with sockets open.
import type { Server as HttpServer } from 'node:http';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Server } from 'socket.io';
import { env } from './env.ts';

function readPort(fallback: number): number {
  const { values } = parseArgs({ options: { port: { type: 'string' } }, strict: false });
  const asked = values.port ?? env.text('PORT') ?? fallback;
  const port = Number(asked);
  if (asked !== true && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`The port must be a number from 0 to 65535, not "${asked}".`);
  process.exit(2);
}

/**
 * Listens on loopback unless HOST says otherwise, prints `ready http://localhost:PORT`, and gives
 * that origin. Port: `--port`, else PORT, else the fallback; 0 asks for a free one. SIGINT and
 * SIGTERM close every connection and exit 0; a port in use exits 1.
 */
export function listen(http: HttpServer, io: Pick<Server, 'close'>, fallback: number) {
  const port = readPort(fallback);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(0), 1000).unref();
      io.close(() => process.exit(0));
      http.closeAllConnections();
    });
  }
  http.on('error', (error: NodeJS.ErrnoException) => {
    env.stop(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Stop what runs there, or choose another one: --port 0`
        : `Cannot listen: ${error.message}`,
    );
  });
  return new Promise<string>((resolve) => {
    http.listen(port, env.text('HOST') ?? '127.0.0.1', () => {
      const address = http.address();
      const origin = `http://localhost:${typeof address === 'object' ? address?.port : port}`;
      console.log(`ready ${origin}`);
      resolve(origin);
    });
  });
}
