// Compiled, and not run: what the compiler says of a client.
import type { Socket } from 'socket.io-client';
import { z } from 'zod';

// #region client
type Person = { id: string; name: string };
type Reason = { code: string; message: string };
type Told = { said: (message: { from: Person; text: string }) => void };
type Sent = { whoami: (answer: (person: Person | { error: Reason }) => void) => void };

declare const socket: Socket<Told, Sent>; // what it hears first: the server's order, turned around
// #endregion

// #region answer
const answer = await socket.emitWithAck('whoami');
// @ts-expect-error: Property 'name' does not exist on type
console.log(answer.name);
if ('error' in answer) console.log(answer.error.code);
else console.log(answer.name);
// #endregion

// #region refusal
const Refusal = z.object({ code: z.string(), message: z.string() });

socket.on('connect_error', (error) => {
  console.log(error.data.code); // data is any: compiles, and throws where nobody has answered
  const data: unknown = error.data;
  // @ts-expect-error: 'data' is of type 'unknown'
  console.log(data.code);
  console.log(Refusal.safeParse(data).data?.code ?? error.message);
});
// #endregion
