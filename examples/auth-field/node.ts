// A client of this example that is no page: Node, with the official library. Run it while the server runs.
import process from 'node:process';
import { io } from 'socket.io-client';

const origin = process.argv[2] ?? 'http://localhost:3001';

function stop(reason: string): never {
  console.error(reason);
  process.exit(1);
}

// #region token
async function signIn(): Promise<string> {
  const response = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'ann', password: 'correct horse battery staple' }),
  });
  if (!response.ok) throw new Error(`login: ${response.status}`);
  return (await response.json()).token;
}

// A function, so that it is asked at each CONNECT. One that rejects would end this process.
const socket = io(origin, {
  auth: (done) =>
    void signIn().then(
      (token) => done({ token }),
      (error) => stop(error.message),
    ),
});
socket.on('connect_error', (error: Error & { data?: { code: string } }) => {
  if (!socket.active) stop(`refused: ${error.data?.code ?? error.message}`);
});
// #endregion

socket.on('connect', async () => {
  console.log('connected, as', JSON.stringify(await socket.emitWithAck('whoami')));
  socket.close();
});
