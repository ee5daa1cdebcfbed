// The socket of the page: one for each login, what it asks, and what has not been acknowledged yet.
import { io, type Socket } from 'socket.io-client';
import type { Asked, Reason, Told } from './wire.ts';

type Chat = Socket<
  Told,
  Record<Asked, (payload: object, answer: (value: unknown) => void) => void>
>;
type Unsent = { room: string; id: string; text: string };

export interface Page extends Omit<Told, 'ended'> {
  state: (text: string) => void;
  /** The login has ended. */
  out: (reason: Reason) => void;
  /** What this person may do has changed: ask anew who it is. */
  changed: () => void;
  delivered: (id: string) => void;
  refused: (id: string, reason: Reason) => void;
}

let socket: Chat | undefined;
let page: Page | undefined;
const unsent = new Map<string, Unsent>();

/** An answer that was no. */
export class Refused extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.message);
    this.reason = reason;
  }
}

// #region connect
/** Connects with the cookie that the browser has, and comes back by itself. */
export function connect(listener: Page): void {
  disconnect();
  page = listener;
  const current: Chat = io({ forceNew: true }); // a new login, a new connection. lesson: switching
  socket = current;
  listener.state('Connecting.');
  for (const event of ['said', 'presence', 'entered', 'left'] as const) {
    current.on(event, listener[event] as () => void);
  }
  current.on('ready', () => {
    listener.state('Connected.');
    listener.ready();
    for (const message of unsent.values()) void deliver(message);
  });
  current.on('disconnect', () => listener.state('No connection. Trying again.'));
  current.on('connect_error', (error: Error & { data?: Reason }) => {
    if (current.active || !error.data) return listener.state('No connection. Trying again.');
    refused(current, listener, error.data);
  });
  current.on('ended', (reason) => refused(current, listener, reason));
}

function refused(current: Chat, listener: Page, reason: Reason): void {
  if (reason.code === 'GOING_AWAY') return; // the connection breaks, and comes back by itself
  if (reason.code === 'FORBIDDEN') listener.changed();
  else if (reason.code === 'AUTH_UNAVAILABLE') later(current, listener, reason);
  else listener.out(reason);
}

/** After a refusal nothing reconnects by itself. Later, and not all at one moment. lesson: refresh */
function later(current: Chat, listener: Page, reason: Reason): void {
  listener.state(reason.message);
  setTimeout(() => socket === current && current.connect(), 3_000 + Math.random() * 7_000);
}

/** What was not sent as this person does not go out as the next one. lesson: switching */
export function disconnect(): void {
  socket?.disconnect().off();
  socket = undefined;
  unsent.clear();
}
// #endregion

/** The server's answer. Throws `Refused` with its reason, or an Error when none came. */
export async function ask<T>(event: Asked, payload: object = {}): Promise<T> {
  if (!socket?.connected) throw new Error('There is no connection.');
  const answer = await socket.timeout(5_000).emitWithAck(event, payload);
  const { error } = answer as { error?: Reason };
  if (error) throw new Refused(error);
  return answer as T;
}

// #region say
/** Sends a message, and again after each reconnection, until it is acknowledged. Gives its id. */
export function say(room: string, text: string): string {
  const message = { room, id: crypto.randomUUID(), text };
  unsent.set(message.id, message);
  void deliver(message);
  return message.id;
}

async function deliver(message: Unsent): Promise<void> {
  try {
    await ask('say', message);
    page?.delivered(message.id);
  } catch (error) {
    if (!(error instanceof Refused)) return; // no answer: it stays, and goes out with the next `ready`
    page?.refused(message.id, error.reason);
  }
  unsent.delete(message.id);
}
// #endregion
