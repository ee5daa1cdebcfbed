// Every attack twice: on the example, where it must fail, and on the same file with one defence
// taken out, where it must succeed. A test that cannot fail proves nothing.
import { expect, test } from '../support/test.ts';
import { attacks } from './attack.ts';
import './guessing.ts';
import './lifetime.ts';
import './limits.ts';
import './namespaces.ts';
import './origins.ts';
import './payloads.ts';
import './tokens.ts';
import './users.ts';
import { authField } from './variants/auth-field.ts';

for (const { title, held, run } of attacks) {
  test(title, async ({ startExample }) => {
    const verdict = await run(await startExample('auth-field'));
    expect(verdict.saw).toMatch(held);
    expect(verdict.in).toBe(false);
  });

  test(`without its defence, this fails: ${title}`, async ({ startExample }) => {
    const variant = authField[title];
    expect(variant, 'a variant in variants/auth-field.ts').toBeDefined();
    const verdict = await run(await startExample('auth-field', { variant: variant ?? [] }));
    expect(verdict.in, verdict.saw).toBe(true);
  });
}
