// Sessions for the nodes of one machine, without Redis: the rows are in the front's memory, and a node
// asks for them over the channel that node:cluster has made. Copy this too, if one machine will do.
import cluster from 'node:cluster';
import process from 'node:process';
import session, { type SessionData } from 'express-session';

type Done = (error?: unknown, value?: SessionData | null) => void;
type Question = {
  ask: number;
  what: 'get' | 'set' | 'touch' | 'destroy';
  sid: string;
  row: string;
};
type Answer = { answer: number; value?: SessionData | null };

/** A node's end. */
export class FrontStore extends session.Store {
  private readonly waiting = new Map<number, Done>();
  private asked = 0;

  private ask(
    what: Question['what'],
    sid: string,
    data?: SessionData,
    done: Done = () => {},
  ): void {
    if (this.asked === 0) process.on('message', (message: Answer) => this.hear(message));
    this.asked += 1;
    this.waiting.set(this.asked, done);
    process.send?.({ ask: this.asked, what, sid, row: JSON.stringify(data ?? null) });
  }

  private hear({ answer, value }: Answer): void {
    this.waiting.get(answer)?.(null, value);
    this.waiting.delete(answer);
  }

  override get(sid: string, done: Done): void {
    this.ask('get', sid, undefined, done);
  }
  override set(sid: string, data: SessionData, done?: Done): void {
    this.ask('set', sid, data, done);
  }
  override touch(sid: string, data: SessionData, done?: Done): void {
    this.ask('touch', sid, data, done);
  }
  override destroy(sid: string, done?: Done): void {
    this.ask('destroy', sid, undefined, done);
  }
}

/** The front's end. */
export function keepSessions(): void {
  const rows = new session.MemoryStore();
  cluster.on('message', (worker, { ask, what, sid, row }: Question) => {
    if (ask === undefined) return; // sticky and the adapter talk here as well
    const done: Done = (_error, value) => worker.send({ answer: ask, value });
    if (what === 'get') rows.get(sid, done);
    else if (what === 'destroy') rows.destroy(sid, done);
    else rows[what](sid, JSON.parse(row), done);
  });
}
