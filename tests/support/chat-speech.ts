// People who speak in the chat, and what it holds of that.
import { type Answer, come, type Person } from './chat.ts';
import type { Variant } from './example.ts';

/** As many events as one likes. */
export const unlimited: Variant = [
  ['points: 40, duration: 10', 'points: 1e6, duration: 10', 'events.ts'],
];

/** Everything that the lobby holds, by the text of its messages. */
export async function history(person: Person): Promise<string[]> {
  const texts: string[] = [];
  let page: Answer = { more: true };
  while (page.more) {
    page = await person.ask('history', { before: page.messages?.[0]?.seq });
    texts.unshift(...(page.messages ?? []).map(({ text }) => text));
  }
  return texts;
}

/** Speaks without a pause, several at a time, until the server is gone. Gives what was acknowledged. */
export async function speakUntilTheEnd(ann: Person, round: number): Promise<string[]> {
  const acknowledged: string[] = [];
  const speak = async (line: number) => {
    for (let n = 0; !ann.raw.closed; n += 1) {
      const text = `${round}/${line}/${n}`;
      const answer = await ann.ask('say', { text }).catch(() => undefined);
      if (answer?.ok) acknowledged.push(text);
    }
  };
  await Promise.all([speak(1), speak(2), speak(3)]);
  return acknowledged;
}

/** Ann with a room of her own in which something was said, and Bob, who is not in it. */
export async function annsRoom(origin: string) {
  const [ann, bob] = [await come(origin), await come(origin, 'bob')];
  const { room } = await ann.ask('create', { name: 'Surprise for Bob' });
  await ann.ask('say', { room: room?.id, text: 'a cake?' });
  return { ann, bob, room: room?.id ?? '' };
}
/** The answer to what one may not. */
export const forbidden = { error: { code: 'FORBIDDEN', message: 'This is not allowed to you.' } };
