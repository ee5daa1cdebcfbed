/** The labs as the site knows them. */

import { root } from '../source.ts';
import { listLabs } from './list.ts';

export const labs = listLabs(root);

/** The lab `id` (`side-door`). Throws, naming those that there are. */
export function findLab(id: string) {
  const found = labs.find(({ name }) => name.slice(3) === id);
  if (found) return found;
  throw new Error(`There is no lab "${id}". There are ${labs.map(({ name }) => name).join(', ')}.`);
}
