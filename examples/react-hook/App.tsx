// Who is signed in. Memory holds the token, so a reload signs out.
import { type FormEvent, useReducer, useState } from 'react';
import { Connection } from './Connection.tsx';
import { type Line, Log } from './Log.tsx';

/** Reads `exp` for display. Only the server can verify a token: only it holds the key. */
function secondsLeft(jwt: string): number {
  const claims = JSON.parse(atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
  return Math.ceil(claims.exp - Date.now() / 1000);
}

/** Asks the server; gives its answer, or a line that says why there is none. */
async function ask(path: string, init: RequestInit): Promise<Response | Line> {
  const response = await fetch(path, { method: 'POST', ...init }).catch(() => undefined);
  if (!response) return { text: 'The server does not answer. Is it running?', kind: 'no' };
  if (response.ok) return response;
  const { message } = await response.json();
  return { text: `${path.slice(1)} ${response.status}: ${message}`, kind: 'no' };
}

export function App() {
  const [token, setToken] = useState<string>();
  const [mounted, setMounted] = useState(true);
  const [lines, tell] = useReducer(
    (before: Line[], line: Line) => (before.at(-1) === line ? before : [...before, line]),
    [],
  );

  // #region login
  async function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.currentTarget));
    const headers = { 'Content-Type': 'application/json' };
    const answer = await ask('/login', { headers, body: JSON.stringify(fields) });
    if (!(answer instanceof Response)) return tell(answer);
    const { token } = await answer.json();
    tell({ text: `signed in as ${fields['username']}`, kind: 'yes' });
    const left = secondsLeft(token);
    if (left <= 60) tell({ text: `This token expires in ${left} s.` });
    setToken(token); // another token is another socket: nothing is left of the login from before
  }

  async function signOut() {
    setToken(undefined); // here first: the user said so, whatever the server answers
    const answer = await ask('/logout', { headers: { Authorization: `Bearer ${token}` } });
    tell(answer instanceof Response ? { text: 'signed out' } : answer);
  }
  // #endregion

  return (
    <>
      {mounted ? (
        <Connection token={token} tell={tell} />
      ) : (
        <p role="status">Not mounted, so not connected.</p>
      )}

      <h2>Sign in</h2>
      <form onSubmit={signIn}>
        <label>
          Name <input name="username" defaultValue="ann" autoComplete="username" required />
        </label>
        <label>
          Password
          <input
            name="password"
            type="password"
            defaultValue="correct horse battery staple"
            autoComplete="current-password"
            required
          />
        </label>
        <button type="submit">Sign in</button>
        <button type="button" className="plain" onClick={signOut} disabled={!token}>
          Sign out
        </button>
      </form>
      <p className="muted">
        Members: <code>ann</code>, <code>bob</code>. Admin: <code>root</code>. Disabled:{' '}
        <code>dave</code>. One password for all, already filled in. Sign in as somebody else while
        you are connected: the socket is another one.
      </p>

      <h2>Try what must not go wrong</h2>
      <div className="row">
        <button type="button" className="plain" onClick={() => setToken('not a token')}>
          Garbage as token
        </button>
        <button type="button" className="plain" onClick={() => setMounted(!mounted)}>
          {mounted ? 'Unmount the connection' : 'Mount the connection'}
        </button>
      </div>
      <p className="muted">
        <code>TOKEN_TTL=10 npm run example react-hook</code> lets you watch a token expire.
      </p>
      <Log lines={lines} />
    </>
  );
}
