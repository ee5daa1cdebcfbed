// A client that nobody planned for: no page, no login, no token. Run it while the server runs.
import { io } from 'socket.io-client';

const url = process.argv[2] ?? 'http://localhost:3000';

// #region stranger
io(url).on('said', ({ from, text }) => console.log(`${from.name}: ${text}`));
// #endregion
