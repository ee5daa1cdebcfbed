// Cuts clients that do not read. Copy this too.
import { log } from '../lib/log.ts';
import type { Client } from './server.ts';

// #region slow
type Conn = Client['conn'];
const MOST = 500; // packets that may wait for one connection

/**
 * What a client does not read waits in this process, in `conn.writeBuffer`. One look may
 * meet a burst. Who is behind at two of them, a second apart, is cut; it may connect again.
 */
export function cutSlowReaders(live: Iterable<Client>): void {
  let behind: Conn[] = [];
  setInterval(() => {
    const conns = new Set(Array.from(live, ({ conn }) => conn));
    const slow = [...conns].filter((conn) => waiting(conn) > MOST);
    for (const conn of slow) {
      if (!behind.includes(conn)) continue;
      log('ended', { code: 'TOO_SLOW', user: undefined, address: conn.remoteAddress });
      conn.close(true); // without `true` it waits until the client has read
    }
    behind = slow;
  }, 1_000).unref();
}

const waiting = (conn: Conn): number => conn['writeBuffer'].length; // private in the types
// #endregion
