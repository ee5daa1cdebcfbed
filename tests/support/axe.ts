import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface Scope {
  /** Rules to run alone, or to leave out. */
  only?: string[];
  without?: string[];
  /** What not to look at: a selector. */
  outside?: string;
}

/** What axe finds wrong on this page: rule and first element. Legacy mode: no page has frames. */
export async function audit(page: Page, scope: Scope = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  if (scope.only) axe.withRules(scope.only);
  if (scope.without) axe.disableRules(scope.without);
  if (scope.outside) axe.exclude(scope.outside);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}
