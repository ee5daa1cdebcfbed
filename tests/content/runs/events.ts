// The packets of: events. Handlers that read well, and that one packet ends; and how to write them.
import type { Server } from 'socket.io';
import { z } from 'zod';
import { sendTo } from '../../support/naive.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

const members = { find: async ({ id }: { id: string }) => ({ name: id.toUpperCase() }) };
const show = (name: string) => void name.trim();

export function naive(io: Server): void {
  // #region naive
  io.on('connection', (socket) => {
    socket.on('say', ({ text }, answer) => {
      io.emit('said', { text: text.trim() });
      answer({ ok: true });
    });
    socket.on('find', async (payload, answer) => {
      answer(await members.find(payload));
    });
    socket.on('error', (error) => {
      console.error(error.message);
    });
  });
  // #endregion
}

export function asks(io: Server): void {
  // #region asks
  io.on('connection', (socket) => {
    socket.emit('name?', ({ name }: { name: string }) => show(name));
  });
  // #endregion
}

export function asksInTime(io: Server): void {
  // #region asks-in-time
  io.on('connection', (socket) => {
    socket.timeout(50).emit('name?', (_error: Error, { name }: { name: string }) => show(name));
  });
  // #endregion
}

export function asksSafely(io: Server): void {
  // #region asks-safely
  const Answer = z.object({ name: z.string() });
  io.on('connection', async (socket) => {
    try {
      const answer: unknown = await socket.timeout(50).emitWithAck('name?');
      show(Answer.parse(answer).name);
    } catch {
      socket.disconnect(); // no answer in time, or one that makes no sense
    }
  });
  // #endregion
}

export function triesOnly(io: Server): void {
  // #region tries-only
  io.on('connection', (socket) => {
    socket.on('find', (payload, answer) => {
      try {
        members.find(payload).then((found) => answer(found));
      } catch {
        answer({ error: 'BAD_PAYLOAD' });
      }
    });
  });
  // #endregion
}

/** One packet to the naive server, and its like to the example. */
export async function record({ startExample, keep, send }: Run): Promise<void> {
  const packet = '42["say"]';
  keep(packet, await sendTo('events', 'naive', packet));
  const example = await startExample('rooms');
  const ann = await openWebSocket(example.origin);
  await ann.connect({ token: example.sign() });
  await send(ann, '421["say"]');
  await ann.next('431');
  await send(ann, '422["say",{"text":"hello"},"not a function"]');
  await ann.next('432');
  for (let n = 3; n < 24; n += 1) await ann.send(`42${n}["whoami"]`);
  await send(ann, '4224["whoami"]');
  await ann.next('4324');
  keep(...ann.packets);
}
