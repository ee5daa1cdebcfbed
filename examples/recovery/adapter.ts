// What clients miss while their connection is gone: kept for a while, and handed out after the check.
// Copy this too. It stands in for the in-memory adapter that `connectionStateRecovery` brings along.
import { randomUUID } from 'node:crypto';
import { Adapter, type BroadcastOptions, type Session } from 'socket.io-adapter';

type Packet = { type: number; id?: number; data: unknown[] };
type Sent = { n: number; offset: string; at: number; data: unknown[]; opts: BroadcastOptions };
type Left = Omit<Session, 'missedPackets'> & { at: number; since: number };

/** What a socket that comes back has in `data.back`, and nothing beside it. */
export type Back<Data> = {
  /** Its data of before. */
  was: Data;
  /** Sends what it missed. Call it once, when the socket is in and has joined its rooms. */
  deliver: () => void;
};

const MOST = 10_000; // packets, and sessions, kept of one namespace

export class RecoveryAdapter extends Adapter {
  private readonly keep: number =
    this.nsp.server.opts.connectionStateRecovery.maxDisconnectionDuration; // ms
  private readonly left = new Map<string, Left>(); // by pid; those that left first come first
  private readonly sent: Sent[] = [];
  private readonly began = new Map<string, number>(); // per socket id: the packet before its first
  private n = 0;

  // #region restore
  /**
   * Socket.IO asks before any middleware has run: nobody has shown a token yet. So this gives the
   * old id back, and nothing else, to the first who asks. Where it throws, there is a new socket.
   */
  override async restoreSession(pid: string, offset: string): Promise<Session> {
    const left = this.left.get(pid);
    this.left.delete(pid); // gone, whatever comes of it
    if (!left || left.at + this.keep < Date.now()) throw new Error('no session to restore');
    const last = this.sent.find((each) => each.offset === offset);
    if (!last || last.n <= left.since) throw new Error('an offset that this session has not had');
    const { sid, data } = left;
    const back: Back<unknown> = { was: data, deliver: () => this.deliver(left, last.n) };
    return { sid, pid, rooms: [], missedPackets: [], data: { back } };
  }

  private deliver({ sid, rooms: before, since }: Left, after: number): void {
    const until = this.began.get(sid) ?? this.n; // what came later it has had already
    this.began.set(sid, since);
    const rooms = before.filter((room) => this.sids.get(sid)?.has(room)); // was in, and is again
    for (const { n, data, opts } of this.sent) {
      const meant = opts.rooms.size === 0 || rooms.some((room) => opts.rooms.has(room));
      if (n <= after || n > until || !meant || rooms.some((room) => opts.except?.has(room)))
        continue;
      super.broadcast({ type: 2, data }, { rooms: new Set([sid]) });
    }
  }
  // #endregion

  // #region keep
  /** A socket whose connection broke. One that the server or its client has disconnected is not kept. */
  override persistSession(session: Omit<Session, 'missedPackets'>): void {
    const since = this.began.get(session.sid) ?? this.n;
    this.left.set(session.pid, { ...session, since, at: Date.now() });
    this.forget();
  }

  override broadcast(packet: Packet, opts: BroadcastOptions): void {
    const kept = packet.type === 2 && packet.id === undefined && !opts.flags?.volatile;
    if (kept) {
      const offset = randomUUID(); // the client names the last one that it has
      packet.data.push(offset);
      this.n += 1;
      this.sent.push({ n: this.n, offset, at: Date.now(), data: packet.data, opts });
      this.forget();
    }
    super.broadcast(packet, opts);
  }

  /** As a packet comes and goes, and without a timer: nobody ends those of a namespace that is gone. */
  private forget(): void {
    const since = Date.now() - this.keep;
    while (this.sent[0] && (this.sent[0].at < since || this.sent.length > MOST)) this.sent.shift();
    for (const [pid, { at }] of this.left) {
      if (at >= since && this.left.size <= MOST) break;
      this.left.delete(pid);
    }
  }

  override addAll(id: string, rooms: Set<string>): void {
    super.addAll(id, rooms);
    if (rooms.has(id) && !this.began.has(id)) this.began.set(id, this.n); // it is in from now on
  }

  override delAll(id: string): void {
    super.delAll(id);
    this.began.delete(id);
  }
  // #endregion
}
