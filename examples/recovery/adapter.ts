// What clients miss while their connection is gone: kept for a while, and handed out after the check.
// Copy this too. It stands in for the in-memory adapter that `connectionStateRecovery` brings along.
import { randomUUID } from 'node:crypto';
import { Adapter, type BroadcastOptions, type Session } from 'socket.io-adapter';

type Packet = { type: number; id?: number; data: unknown[] };
type Sent = { n: number; offset: string; at: number; data: unknown[]; opts: BroadcastOptions };
/** The rooms of a socket, each with the number of the last packet before it joined. */
type Joined = Map<string, number>;
type Left = { sid: string; data: unknown; joined: Joined; at: number };

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
  private readonly joined = new Map<string, Joined>(); // by socket id
  private readonly sent: Sent[] = [];
  private n = 0;

  // #region restore
  /**
   * Socket.IO asks before any middleware has run: nobody has shown a token yet. So this gives
   * the old id back, and nothing else, to the first who asks. A throw makes a new socket.
   */
  override async restoreSession(pid: string, offset: string): Promise<Session> {
    const left = this.left.get(pid);
    this.left.delete(pid); // gone, whatever comes of it
    if (!left || left.at + this.keep < Date.now()) throw new Error('no session to restore');
    const { sid, data, joined } = left;
    const last = this.sent.find((each) => each.offset === offset);
    if (!last || last.n <= (joined.get(sid) ?? this.n)) throw new Error('not an offset of its own');
    const back: Back<unknown> = { was: data, deliver: () => this.deliver(left, last.n) };
    return { sid, pid, rooms: [], missedPackets: [], data: { back } };
  }

  private deliver({ sid, joined: before }: Left, after: number): void {
    const now = this.joined.get(sid) ?? new Map();
    const until = now.get(sid) ?? this.n; // what came later it has had already
    for (const room of now.keys()) now.set(room, before.get(room) ?? now.get(room));
    for (const { n, data, opts } of this.sent.filter(({ n }) => n > after && n <= until)) {
      const wasIn = (room: string) => (now.get(room) ?? this.n) < n;
      const meant = opts.rooms.size === 0 || [...opts.rooms].some(wasIn);
      if (!meant || [...(opts.except ?? [])].some(wasIn)) continue;
      super.broadcast({ type: 2, data }, { rooms: new Set([sid]) });
    }
  }
  // #endregion

  // #region keep
  /** Called when a connection broke. Who was disconnected, or left, is not kept. */
  override persistSession({ sid, pid, data }: Omit<Session, 'missedPackets'>): void {
    this.left.set(pid, { sid, data, joined: this.joined.get(sid) ?? new Map(), at: Date.now() });
    this.forget();
  }

  override broadcast(packet: Packet, opts: BroadcastOptions): void {
    if (packet.type === 2 && packet.id === undefined && !opts.flags?.volatile) {
      const offset = randomUUID(); // the client names the last one that it has
      packet.data.push(offset);
      this.n += 1;
      this.sent.push({ n: this.n, offset, at: Date.now(), data: packet.data, opts });
      this.forget();
    }
    super.broadcast(packet, opts);
  }

  /** Without a timer: nobody would end that of a namespace which is gone. */
  private forget(): void {
    const since = Date.now() - this.keep;
    while (this.sent[0] && (this.sent[0].at < since || this.sent.length > MOST)) this.sent.shift();
    for (const [pid, { at }] of this.left) {
      if (at >= since && this.left.size <= MOST) break;
      this.left.delete(pid);
    }
  }
  // #endregion

  // #region rooms
  override addAll(id: string, rooms: Set<string>): void {
    super.addAll(id, rooms);
    const joined = this.joined.get(id) ?? new Map();
    for (const room of rooms) if (!joined.has(room)) joined.set(room, this.n);
    this.joined.set(id, joined);
  }

  override del(id: string, room: string): void {
    super.del(id, room);
    this.joined.get(id)?.delete(room);
  }

  override delAll(id: string): void {
    super.delAll(id);
    this.joined.delete(id);
  }
  // #endregion
}
