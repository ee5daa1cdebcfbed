// The hook that one often meets. It takes the place of useSocket.ts in tests, to show what it does.
import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';
import type { Client, Status } from '../../../examples/react-hook/useSocket.ts';

// #region naive
export function useSocket(token: string | undefined) {
  const [socket, setSocket] = useState<Client>();
  const [status, setStatus] = useState<Status>({ is: 'connecting' });

  useEffect(() => {
    if (!token) return;
    const socket: Client = io({ auth: { token } });
    socket.on('connect', () => setStatus({ is: 'connected' }));
    setSocket(socket);
  }, [token]);

  return { socket, status };
}
// #endregion

export { useSocketEvent } from '../../../examples/react-hook/useSocket.ts';
