// What the page shows of one login's connection. It calls the hook once, and hands the socket down.
import { type FormEvent, useEffect, useState } from 'react';
import { type Line, wordsOf } from './Log.tsx';
import { type Client, type Reason, useSocket, useSocketEvent } from './useSocket.ts';

type Tell = (line: Line) => void;

// #region connection
export function Connection({ token, tell }: { token: string | undefined; tell: Tell }) {
  const { socket, status, reconnect } = useSocket(token);
  const [chat, setChat] = useState(true);
  const connected = status.is === 'connected';
  const over = 'code' in status;
  useEffect(() => tell(status), [tell, status]); // the same object twice is one line

  return (
    <>
      <p role="status">
        {wordsOf(status)} <Heard key={token} socket={socket} />
      </p>
      <div className="row">
        <button type="button" className="plain" onClick={reconnect} disabled={!over}>
          Connect again
        </button>
        <button
          type="button"
          className="plain"
          onClick={() => socket?.io.engine.close()}
          disabled={!connected}
        >
          Break the line
        </button>
        <button type="button" className="plain" onClick={() => setChat(!chat)}>
          {chat ? 'Hide the chat' : 'Show the chat'}
        </button>
      </div>
      {chat && <Chat key={token} socket={socket} connected={connected} tell={tell} />}
    </>
  );
}
// #endregion

// #region listeners
/** Counts messages. `key` makes it anew for each login: what Ann heard is nothing of Bob's. */
function Heard({ socket }: { socket: Client | undefined }) {
  const [count, setCount] = useState(0);
  useSocketEvent(socket, 'said', () => setCount((before) => before + 1));
  return <span className="muted">Messages heard: {count}.</span>;
}

type ChatProps = { socket: Client | undefined; connected: boolean; tell: Tell };

/** Shows messages, and sends them. It may come and go while others hear the same event. */
function Chat({ socket, connected, tell }: ChatProps) {
  useSocketEvent(socket, 'said', ({ from, text }) => tell({ text: `${from.name}: ${text}` }));
  // #endregion

  const refused = ({ code, message }: Reason) => tell({ text: `${code}. ${message}`, kind: 'no' });

  async function say(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get('text'));
    const answer = await socket?.emitWithAck('say', { text });
    if (answer && 'error' in answer) refused(answer.error);
    else form.reset();
  }

  async function whoAmI() {
    const answer = await socket?.emitWithAck('whoami');
    if (answer && 'error' in answer) refused(answer.error);
    else tell({ text: `you are ${JSON.stringify(answer)}` });
  }

  return (
    <form onSubmit={say}>
      <label>
        Message <input name="text" maxLength={500} autoComplete="off" required />
      </label>
      <button type="submit" disabled={!connected}>
        Say it
      </button>
      <button type="button" className="plain" onClick={whoAmI} disabled={!connected}>
        Who am I?
      </button>
    </form>
  );
}
