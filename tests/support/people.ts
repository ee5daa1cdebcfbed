// People in an example that takes a token in `auth`: who they are, what they ask, what they hear.
import { expect } from '@playwright/test';
import { type Example, until } from './example.ts';
import { type Answer, openWebSocket, type Raw } from './raw.ts';

/** `42/admin,7["event",payload]`, with namespace and number where there is one. */
const EVENT = /^42(?:(\/[^,]*),)?(\d+)?(\[.*)$/s;

/** One socket of somebody. */
export class Person {
  readonly raw: Raw;
  private readonly prefix: string;
  private asked = 0;

  constructor(raw: Raw, namespace: string) {
    this.raw = raw;
    this.prefix = namespace === '/' ? '' : `${namespace},`;
  }

  /** Emits with an acknowledgement, and gives its first argument. Throws where none comes. */
  async ask(event: string, ...payload: unknown[]): Promise<unknown> {
    this.asked += 1;
    const answer = `43${this.prefix}${this.asked}[`;
    await this.raw.send(`42${this.prefix}${this.asked}${JSON.stringify([event, ...payload])}`);
    const find = () => this.raw.packets.find((packet) => packet.startsWith(answer));
    await until(() => find() !== undefined, 5_000);
    return JSON.parse(find()?.slice(answer.length - 1) ?? '')[0];
  }

  /** What came as this event so far, the first payload of each. */
  heard(event: string): unknown[] {
    return this.raw.packets.flatMap((packet) => {
      const [, , , json] = EVENT.exec(packet) ?? [];
      const [name, payload] = JSON.parse(json ?? '[]');
      return name === event ? [payload] : [];
    });
  }

  /** Waits until this event has come `times` times, and gives all that came. */
  async hears(event: string, times = 1): Promise<unknown[]> {
    await until(() => this.heard(event).length >= times, 5_000);
    return this.heard(event);
  }

  /** Acknowledges an event that asks for it with this text in place of a JSON array. */
  async acknowledge(event: string, json: string): Promise<void> {
    const found = () => this.raw.packets.findLast((packet) => packet.includes(`["${event}"`)) ?? '';
    await until(() => found() !== '', 5_000);
    const [, namespace, number] = EVENT.exec(found()) ?? [];
    await this.raw.send(`43${namespace ? `${namespace},` : ''}${number}${json}`);
  }

  leave(): void {
    this.raw.close();
  }
}

/** Opens a connection and asks for a namespace with a token of this user. */
export async function knock(
  example: Example,
  sub = 'u1',
  namespace = '/',
): Promise<{ answer: Answer; person: Person }> {
  const raw = await openWebSocket(example.origin);
  const answer = await raw.connect({ token: example.sign({ sub }) }, namespace);
  return { answer, person: new Person(raw, namespace) };
}

/** As `knock`, for somebody who has to be let in. */
export async function arrive(example: Example, sub = 'u1', namespace = '/'): Promise<Person> {
  const { answer, person } = await knock(example, sub, namespace);
  if (answer.kind !== 'connected') throw new Error(`${sub} met ${JSON.stringify(answer)}`);
  return person;
}

/** What a refused event is answered. */
export function refusal(code: string): object {
  return { error: { code, message: expect.any(String) } };
}
