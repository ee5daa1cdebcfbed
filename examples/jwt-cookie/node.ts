// A client of this example that is no browser, and so has no cookies but those it keeps. Run it while
// the server runs.
import process from 'node:process';
import { io } from 'socket.io-client';

const origin = process.argv[2] ?? 'http://localhost:3002';

// #region cookie
/** Signs in, and gives what a browser would send as `Cookie` from then on. */
async function signIn(): Promise<string> {
  const response = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'ann', password: 'correct horse battery staple' }),
  });
  if (!response.ok) throw new Error(`login: ${response.status}`);
  // The name and the value. `Path`, `HttpOnly` and the rest tell a browser what to do with them.
  const pairs = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return pairs.join('; ');
}

const socket = io(origin, { extraHeaders: { Cookie: await signIn() } });
// #endregion

socket.on('connect_error', (error: Error & { data?: { code: string } }) => {
  if (socket.active) return; // the server is not there, and the client tries again
  console.error(`refused: ${error.data?.code ?? error.message}`);
  process.exit(1);
});
socket.on('connect', async () => {
  console.log('connected, as', JSON.stringify(await socket.emitWithAck('whoami')));
  socket.close();
});
