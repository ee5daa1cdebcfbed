// 500 sockets for a minute: the memory of the chat rises with them, and then stays where it is.
import { setTimeout as wait } from 'node:timers/promises';
import { enter, newMember, type Person, signForChat, steered } from '../support/chat.ts';
import type { Variant } from '../support/example.ts';
import { expect, test } from '../support/test.ts';

const SOCKETS = 500;
const PEOPLE = 50;
const SECONDS = 60;
const MB = 1024 * 1024;

test.describe.configure({ timeout: 180_000 });

test('500 sockets that speak for a minute leave the memory of the chat flat', async ({
  startExample,
}) => {
  const variant: Variant = [['points: 40, duration: 10', 'points: 1e6, duration: 10', 'events.ts']];
  const example = await startExample('chat', { ...steered, variant });
  const members: string[] = [];
  while (members.length < PEOPLE) members.push(await newMember(example));
  const people: Person[] = [];
  for (let n = 0; n < SOCKETS; n += 10) {
    const some = Array.from({ length: 10 }, (_, k) => members[(n + k) % PEOPLE] ?? '');
    people.push(
      ...(await Promise.all(
        some.map((sub) => enter(example.origin, {}, { token: signForChat({ sub }) })),
      )),
    );
  }
  const rss = async () => Number(await example.ask({ rss: true })) / MB;

  let heard = 0;
  let said = 0;
  const samples: number[] = [];
  for (let second = 0; second < SECONDS; second += 1) {
    const end = wait(1_000);
    for (let n = 0; n < 4; n += 1) {
      const person = people[(second * 7 + n * 113) % SOCKETS];
      expect((await person?.ask('say', { text: `${second} ${'x'.repeat(200)}` }))?.ok).toBe(true);
      said += 1;
    }
    await end;
    for (const { raw } of people) {
      heard += raw.packets.filter((packet) => packet.startsWith('42["said"')).length;
      raw.packets.length = 0;
    }
    samples.push(await rss());
  }
  expect(
    people.filter(({ raw }) => raw.closed),
    'nobody was cut',
  ).toEqual([]);
  expect(heard, 'everybody heard everything').toBe(said * SOCKETS);
  const mean = (from: number, to: number) =>
    samples.slice(from, to).reduce((sum, each) => sum + each, 0) / (to - from);
  const [early, late] = [mean(10, 25), mean(45, 60)];
  console.log(`500 sockets: ${early.toFixed(0)} MB after 10 s, ${late.toFixed(0)} MB after 45 s`);
  expect(late - early, `MB, of ${samples.map((each) => each.toFixed(0))}`).toBeLessThan(30);
  expect(late).toBeLessThan(400);
});
