// The browser's half: it holds the access token, gets the next one, and keeps sockets in. To reuse it,
// copy this file; it knows nothing of the page.
import type { Socket } from 'socket.io-client';

export type Reason = { code?: string; message: string };
type Answer = { token: string; expiresIn: number; user: { id: string; name: string } };

const headers = { 'Content-Type': 'application/json' };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** 1, 2, 4 … seconds, up to 30, give or take half by chance: clients that were cut together come apart. */
const backOff = (tries: number) => Math.min(1000 * 2 ** tries, 30_000) * (0.5 + Math.random());

/** What the server gave as its reason; no code when there was no answer. */
const reasonOf = (error: unknown): Reason =>
  (error as { data?: Reason }).data ?? { message: 'The server does not answer.' };

function refused(reason: Reason): Error {
  return Object.assign(new Error(reason.message), { data: reason });
}

// #region ask
/** POST /refresh: the browser adds the cookie. Rejects with the server's reason in `data`. */
async function ask(): Promise<Answer> {
  // With keepalive the browser takes the new cookie even when the page is reloaded meanwhile.
  const options = { method: 'POST', headers, body: '{}', keepalive: true };
  const response = await fetch('/refresh', { ...options, signal: AbortSignal.timeout(10_000) });
  const answer = await response.json();
  if (!response.ok) throw refused(answer);
  return answer;
}

/** All tabs share the cookie: one asks at a time. Without locks the grace has to do. */
function askInTurn(): Promise<Answer> {
  const locks = self.origin === 'null' ? undefined : navigator.locks; // sandboxed: none
  return locks ? locks.request('refresh', () => askAgain()) : askAgain();
}

/** Comes again until the grace is over: then a thief who was first is out. */
async function askAgain(tries = 0): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (reasonOf(error).code !== 'REFRESH_RACED' || tries === 4) throw error;
    await wait(backOff(tries)); // by then the other tab's cookie is there
    return askAgain(tries + 1);
  }
}
// #endregion

export class Tokens {
  user: Answer['user'] | undefined;
  /** Each is given every new token while it is connected. */
  readonly sockets = new Set<Socket>();
  private token: string | undefined;
  private goodUntil = 0; // ms of performance.now()
  private asking: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  // #region accept
  /** Takes what /login and /refresh answer. It counts seconds: the clock of this machine may be wrong. */
  accept({ token, expiresIn, user }: Answer, askedAt: number): void {
    if (this.user && this.user.id !== user.id) {
      throw refused({
        code: 'USER_CHANGED',
        message: 'Another tab has signed in as somebody else.',
      });
    }
    this.user = user;
    this.token = token;
    const sure = Math.max(expiresIn - 1, expiresIn / 2) * 1000; // ms: `exp` is in whole seconds
    this.goodUntil = askedAt + sure;
    clearTimeout(this.timer);
    const soon = sure * (0.7 + Math.random() * 0.2); // by chance: not all pages in one second
    const ahead = () => this.refresh().catch(() => {}); // then the socket ends at `exp`: see keepIn
    this.timer = setTimeout(ahead, Math.min(soon, 2 ** 31 - 1)); // no timer waits longer
    for (const socket of this.sockets) {
      if (socket.connected) socket.emit('renew', { token }); // it need not reconnect
    }
  }
  // #endregion

  /** A new token, whatever the old one is worth. Rejects with the server's reason in `data`. */
  refresh(): Promise<void> {
    const askedAt = performance.now();
    this.asking ??= askInTurn()
      .then((answer) => this.accept(answer, askedAt))
      .finally(() => {
        this.asking = undefined;
      });
    return this.asking;
  }

  // #region auth
  /** The token of the moment, a new one when it is over. Never rejects: then the old one. */
  async current(): Promise<string | undefined> {
    if (performance.now() > this.goodUntil) await this.refresh().catch(() => {});
    return this.token;
  }

  /** For `io({ auth })`, which asks at each CONNECT. It calls back in any case. */
  auth = (done: (auth: object) => void): void => {
    void this.current().then((token) => done({ token }));
  };
  // #endregion

  /** Signs out on this page. The server ends the login at POST /logout. */
  forget(): void {
    clearTimeout(this.timer);
    this.user = undefined;
    this.token = undefined;
    this.goodUntil = 0;
  }
}

const laterPerhaps = ['AUTH_UNAVAILABLE', 'RATE_LIMITED', undefined];

/**
 * Brings a socket back when it was refused or ended, and another try can help. Otherwise, and after
 * eight tries, `stop` hears why. Returns what leaves the socket for good.
 */
export function keepIn(socket: Socket, tokens: Tokens, stop: (reason: Reason) => void): () => void {
  let [tries, left] = [0, false];
  let last: Reason | undefined;
  // #region again
  /** At once with a new token; then after longer and longer waits; then not any more. */
  const again = async (reason: Reason): Promise<void> => {
    const expired = reason.code === 'TOKEN_EXPIRED';
    if (tries === 8 || !(expired || laterPerhaps.includes(reason.code))) return stop(reason);
    tries += 1;
    if (!expired || tries > 1) await wait(backOff(tries));
    if (left) return;
    try {
      if (expired) await tokens.refresh();
      if (!left) socket.connect();
    } catch (error) {
      await again(reasonOf(error));
    }
  };
  // #endregion
  socket.on('connect', () => {
    [tries, last] = [0, undefined];
  });
  // While `active`, the transport has failed: Socket.IO tries again, with waits of its own.
  socket.on('connect_error', ({ message, data }: Error & { data?: Reason }) => {
    if (!socket.active) void again(data ?? { code: 'UNKNOWN', message });
  });
  socket.on('ended', (reason: Reason) => {
    last = reason;
  });
  socket.on(
    'disconnect',
    (why) => why === 'io server disconnect' && again(last ?? { message: why }),
  );
  tokens.sockets.add(socket);
  return () => {
    left = true;
    tokens.sockets.delete(socket);
    socket.disconnect();
  };
}
