// Every attack on every example: where it must fail it does, and on the same files with one defense
// taken out it gets in. A test that cannot fail proves nothing. `npm test -- tests/attacks`.
import type { Example } from '../support/example.ts';
import { expect, test } from '../support/test.ts';
import { attacks, cellOf, exampleNames } from './all.ts';
import type { Target } from './target.ts';
import { variantOf } from './variants/index.ts';

for (const name of exampleNames) {
  const targetOf = (example: Example): Target => Object.assign(example, { name });
  const cells = attacks.map((attack) => ({ attack, state: cellOf(attack, name).state }));

  // One after the other in one worker, so that they can share a server.
  test.describe(name, () => {
    test.describe.configure({ mode: 'default' });
    for (const { attack, state } of cells) {
      const { title, held, heldAt, env = {}, calm, run } = attack;
      if (state === 'not') continue;
      const words = state === 'open' ? `gets in, as the course says: ${title}` : title;
      test(words, async ({ startExample, shareExample, openPage }) => {
        const example = await (calm ? shareExample : startExample)(name, { env });
        const verdict = await run(targetOf(example), openPage);
        if (state === 'held') expect(verdict.saw).toMatch(heldAt?.[name] ?? held);
        expect(verdict.in, verdict.saw).toBe(state === 'open');
      });
    }
  });

  test.describe(`${name}, without the defense`, () => {
    test.describe.configure({ mode: 'default' });
    for (const { attack, state } of cells) {
      const { title, env = {}, calm, run } = attack;
      if (state !== 'held') continue;
      test(`gets in: ${title}`, async ({ startExample, shareExample, openPage }) => {
        const variant = variantOf(name, title);
        const example = await (calm ? shareExample : startExample)(name, { env, variant });
        const verdict = await run(targetOf(example), openPage);
        expect(verdict.in, verdict.saw).toBe(true);
      });
    }
  });
}
