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
      const { title, held, heldAt, env = {}, setting, calm, run } = attack;
      if (state === 'not') continue;
      const words = state === 'open' ? `gets in, as the course says: ${title}` : title;
      test(words, async ({ startExample, shareExample, openPage }) => {
        const variant = setting?.(name) ?? [];
        const example = await (calm ? shareExample : startExample)(name, { env, variant });
        const verdict = await run(targetOf(example), openPage);
        if (state === 'held') expect(verdict.saw).toMatch(heldAt?.[name] ?? held);
        expect(verdict.in, verdict.saw).toBe(state === 'open');
      });
    }
  });

  // Those with the same variant stand side by side, to share its server; the parts share the workers.
  const broken = cells
    .filter(({ state }) => state === 'held')
    .map(({ attack }) => ({ attack, variant: variantOf(name, attack.title) }))
    .sort((a, b) => JSON.stringify(a.variant).localeCompare(JSON.stringify(b.variant)));
  for (let part = 0; part < broken.length; part += 15) {
    test.describe(`${name}, without the defense`, () => {
      test.describe.configure({ mode: 'default' });
      // #region without-defense
      for (const { attack, variant } of broken.slice(part, part + 15)) {
        const { title, env = {}, calm, run } = attack;
        test(`gets in: ${title}`, async ({ startExample, shareExample, openPage }) => {
          const example = await (calm ? shareExample : startExample)(name, { env, variant });
          const verdict = await run(targetOf(example), openPage);
          expect(verdict.in, verdict.saw).toBe(true);
        });
      }
      // #endregion
    });
  }
}
