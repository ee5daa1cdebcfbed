// An example that is built on one of the matrix's: the same attacks, and the same answers. That each attack can get in
// is shown there, on the variants of the example that it is built on.
import type { Example, Options } from '../support/example.ts';
import { expect, test } from '../support/test.ts';
import { attacks, cellOf } from './all.ts';
import type { ExampleName } from './attack.ts';
import type { Target } from './target.ts';

interface Kin {
  /** The example of the matrix that takes a credential in the same way. */
  like: ExampleName;
  /** Titles of attacks that do not apply, and why. */
  except?: Record<string, string>;
  options?: Options;
  /** What a test does otherwise with this example, such as how a token is signed. */
  adapt?: (example: Example) => Partial<Target>;
}

/** Runs on `name` every attack that `like` holds. Throws for an exception whose attack there is not. */
export function withstandsLike(
  name: string,
  { like, except = {}, options = {}, adapt }: Kin,
): void {
  const held = attacks.filter((attack) => cellOf(attack, like).state === 'held');
  const unknown = Object.keys(except).find((title) => held.every((each) => each.title !== title));
  if (unknown) throw new Error(`${name}: ${like} holds no attack called "${unknown}"`);

  // One after the other in one worker, so that they can share a server.
  test.describe(name, () => {
    test.describe.configure({ mode: 'default' });
    for (const { title, held: answer, heldAt, env, setting, calm, run } of held) {
      if (except[title]) continue;
      test(title, async ({ startExample, shareExample, openPage }) => {
        const variant = [...(options.variant ?? []), ...(setting?.(like) ?? [])];
        const start = calm ? shareExample : startExample;
        const example = await start(name, {
          ...options,
          env: { ...options.env, ...env },
          variant,
        });
        const target = Object.assign(example, { name: like }, adapt?.(example));
        const verdict = await run(target, openPage);
        expect(verdict.saw).toMatch(heldAt?.[like] ?? answer);
        expect(verdict.in, verdict.saw).toBe(false);
      });
    }
  });
}
