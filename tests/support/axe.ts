import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { markLooks } from './looks.ts';

interface Scope {
  /** Rules to run alone. */
  only?: string[];
  /** A selector: the colors of what it matches are not looked at. */
  anyColors?: string;
  /** A selector: only what it matches is looked at. */
  within?: string;
  /** Looks that were judged on other pages: they are not judged again, and this page's are added. */
  seen?: Set<string>;
}

// A page keeps axe from one audit to the next. Contrast is judged on some texts of each look.
const axeSource = `if (!self.axe) { ${axe.source} }
  self.axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-look]' }] });`;

/** What axe finds wrong on this page: rule and first element. Legacy mode: no other page is opened for it. */
export async function audit(
  page: Page,
  { only, anyColors = 'html:not(html)', within = 'html', seen = new Set() }: Scope = {},
): Promise<string[]> {
  let fresh = 0;
  for (const frame of page.frames()) {
    const where = { within, except: anyColors, seen: [...seen] };
    const looks = await frame.evaluate(markLooks, where);
    for (const look of looks) seen.add(look);
    fresh += looks.length;
  }
  if (fresh === 0 && only?.join() === 'color-contrast') return [];
  const builder = new AxeBuilder({ page, axeSource })
    .setLegacyMode(true)
    .include(within)
    .options({ resultTypes: ['violations'] });
  if (only) builder.withRules(only);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}

/** On the page of all questions, leaves those of one lesson: their kinds are the same in each, and axe takes 10 s for all. */
export async function leaveOneLesson(page: Page): Promise<void> {
  await page.locator('.bank-lesson').evaluateAll((lessons) => {
    for (const lesson of lessons.slice(1)) lesson.remove();
  });
}
