// One socket for one login, and what is true of it. Copy this file: it needs react and socket.io-client.
import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';

// #region types
export type Reason = { code: string; message: string };
export type Person = { id: string; name: string; role: string };
export type Said = { from: { id: string; name: string }; text: string };
type Answer<T> = (answer: T | { error: Reason }) => void;

type Payloads = { said: Said; ended: Reason };
type Heard = { [E in keyof Payloads]: (payload: Payloads[E]) => void };
type Sent = {
  say: (payload: { text: string }, answer: Answer<{ ok: true }>) => void;
  whoami: (answer: Answer<Person>) => void;
};
export type Client = Socket<Heard, Sent>;

export type Status =
  | { is: 'signed out' | 'connecting' | 'connected' | 'reconnecting' | 'offline' }
  | { is: 'refused' | 'ended'; code: string; message: string };
// #endregion

// #region line
/** A socket for this token, with its status. Nothing is sent before somebody subscribes. */
function lineFor(token: string) {
  // A manager of its own, and a socket of its own: what waits in this one never goes out as another.
  const socket: Client = io({ auth: { token }, forceNew: true, autoConnect: false });
  const subscribers = new Set<() => void>();
  let status: Status = { is: 'connecting' };
  let open = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(next: Status): void {
    if (next.is === status.is && !('code' in next)) return; // no news
    status = next;
    for (const changed of subscribers) changed();
  }

  function connect(): void {
    clearTimeout(timer);
    if (!open || socket.active) return;
    set({ is: 'connecting' });
    socket.connect();
  }
  // #endregion

  // #region status
  const waiting = (): Status => ({ is: navigator.onLine ? 'reconnecting' : 'offline' });
  const lookAgain = () => socket.active && !socket.connected && set(waiting());

  socket.on('connect', () => {
    tries = 0;
    set({ is: 'connected' });
  });
  socket.on('connect_error', (error) => {
    if (socket.active) return set(waiting()); // nobody has answered: Socket.IO tries again by itself
    const { code = 'REFUSED', message = error.message }: Partial<Reason> = error.data ?? {};
    set({ is: 'refused', code, message }); // a no stays a no, and only this one means "not now":
    if (code === 'AUTH_UNAVAILABLE') timer = setTimeout(connect, pause(tries++));
  });
  socket.on('ended', ({ code, message }) => {
    set({ is: 'ended', code, message });
    socket.disconnect(); // what has ended does not come back by itself
  });
  socket.on('disconnect', (why) => {
    if (socket.active) return set(waiting()); // the line broke: Socket.IO tries again by itself
    if (why !== 'io server disconnect') return; // we left, and know why
    set({ is: 'ended', code: 'NO_REASON', message: 'The server has ended this connection.' });
  });
  // #endregion

  // #region subscribe
  /** Connects for the first subscriber, and disconnects after the last. */
  function settle(): void {
    const wanted = subscribers.size > 0;
    if (wanted === open) return;
    open = wanted;
    const change = open ? addEventListener : removeEventListener;
    change('online', lookAgain);
    change('offline', lookAgain);
    if (open) connect();
    else leave();
  }

  function leave(): void {
    clearTimeout(timer);
    socket.disconnect();
    status = { is: 'connecting' }; // what the next subscriber finds
  }

  // StrictMode subscribes, leaves and subscribes again in one go. What counts is how that ends,
  // so it is looked at right after: else the first visit would open a connection, and close it.
  const subscribe = (changed: () => void) => {
    subscribers.add(changed);
    queueMicrotask(settle);
    return () => {
      subscribers.delete(changed);
      queueMicrotask(settle);
    };
  };
  // #endregion
  return { socket, subscribe, status: () => status, connect };
}

/** Milliseconds, longer after each try, and never as long as the next client's. */
const pause = (tries: number) => Math.min(1_000 * 2 ** tries, 30_000) * (0.5 + Math.random() / 2);

// #region hook
const signedOut: Status = { is: 'signed out' };
const nobody = {
  socket: undefined,
  subscribe: () => () => {},
  status: () => signedOut,
  connect: () => {},
};

/**
 * The socket of this login, while a component that asks for it is mounted. Another token is
 * another socket. Call it once, high up, and hand the socket down: each call has a connection
 * of its own. `reconnect` is for after a refusal or an end, when the cause is gone.
 */
export function useSocket(token: string | undefined) {
  const line = useMemo(() => (token === undefined ? nobody : lineFor(token)), [token]);
  const { socket, subscribe, status, connect } = line;
  return { socket, status: useSyncExternalStore(subscribe, status, status), reconnect: connect };
}
// #endregion

// #region event
/** Hears an event while mounted. `off` gets the very function, else all of them go. */
export function useSocketEvent<E extends keyof Payloads>(
  socket: Client | undefined,
  event: E,
  listener: (payload: Payloads[E]) => void,
): void {
  const latest = useEffectEvent(listener);
  useEffect(() => {
    const hear = (payload: Payloads[E]) => latest(payload);
    socket?.on(event, hear as never); // for a variable event its type cannot be told
    return () => {
      socket?.off(event, hear as never);
    };
  }, [socket, event]);
}
// #endregion
