// A client that is let in and reads nothing: it polls no more after the handshake.
import { post } from './http.ts';

const text = { 'Content-Type': 'text/plain;charset=UTF-8' };

export interface Unread {
  /** What has waited for it: the packets of one poll. Undefined when the server does not know it any more. */
  read(): Promise<string[] | undefined>;
  send(packet: string): Promise<Response>;
}

/** Opens a connection by polling, sends CONNECT, and asks for no answer. */
export async function openUnread(origin: string, auth: object = {}): Promise<Unread> {
  const url = `${origin}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(url)).text()).slice(1));
  const send = (packet: string) => post(`${url}&sid=${sid}`, packet, text);
  await send(`40${JSON.stringify(auth)}`);
  return {
    send,
    read: async () => {
      const response = await fetch(`${url}&sid=${sid}`);
      return response.ok ? (await response.text()).split('\x1e') : undefined;
    },
  };
}
