/** How a choice compares with the right answer. */
export interface Judged {
  right: boolean;
  /** Right ids that were chosen. */
  found: number;
  /** Right ids in all. */
  wanted: number;
  /** Chosen ids that are not right. */
  wrong: number;
}

/** Right means: all right ids chosen, and no other. */
export function judge(chosen: readonly string[], right: readonly string[]): Judged {
  const found = right.filter((id) => chosen.includes(id)).length;
  const wrong = chosen.filter((id) => !right.includes(id)).length;
  return { right: found === right.length && wrong === 0, found, wanted: right.length, wrong };
}

/** The verdict as a sentence. */
export function verdictOf({ right, found, wanted, wrong }: Judged): string {
  if (right) return 'Right.';
  if (wanted === 1 && wrong <= 1) return 'Not right.';
  const parts = [`${found} of ${wanted} found`];
  if (wrong > 0) parts.push(`${wrong} chosen wrongly`);
  return `Not right yet: ${parts.join(', ')}.`;
}

/** What a choice has to do with one option, said beside its verdict; '' when there is nothing to say. */
export function choiceNote(chosen: boolean, right: boolean, several: boolean): string {
  if (chosen) return 'your choice';
  return right && several ? 'you left it out' : '';
}
