import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Scope {
  /** Rules to run alone. */
  only?: string[];
  /** A selector: the colors of what it matches are not looked at. */
  anyColors?: string;
  /** A selector: only what it matches is looked at. */
  within?: string;
}

/** What axe finds wrong on this page: rule and first element. Legacy mode: no page has frames. */
export async function audit(
  page: Page,
  { only, anyColors, within }: Scope = {},
): Promise<string[]> {
  const rule = {
    id: 'color-contrast',
    selector: anyColors ? `:not(${anyColors}, ${anyColors} *)` : '*',
  };
  const axeSource = `${axe.source};axe.configure(${JSON.stringify({ rules: [rule] })});`;
  const builder = new AxeBuilder({ page, axeSource })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] });
  if (only) builder.withRules(only);
  if (within) builder.include(within);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}

/** On the page of all questions, leaves those of one lesson: their kinds are the same in each, and axe takes 10 s for all. */
export async function leaveOneLesson(page: Page): Promise<void> {
  await page.locator('.bank-lesson').evaluateAll((lessons) => {
    for (const lesson of lessons.slice(1)) lesson.remove();
  });
}
