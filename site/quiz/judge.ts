import type { Grade } from '../progress/document.ts';

/** How an answer compares with the right one: by choice, by order, or by a reader's own ticks. */
export interface Judged {
  right: boolean;
  /** The verdict as a sentence. */
  words: string;
}

/** Right means: all right ids chosen, and no other. */
export function judgeChoice(chosen: readonly string[], right: readonly string[]): Judged {
  const found = right.filter((id) => chosen.includes(id)).length;
  const wrong = chosen.filter((id) => !right.includes(id)).length;
  if (found === right.length && wrong === 0) return { right: true, words: 'Right.' };
  if (right.length === 1 && wrong <= 1) return { right: false, words: 'Not right.' };
  const parts = [`${found} of ${right.length} found`];
  if (wrong > 0) parts.push(`${wrong} chosen wrongly`);
  return { right: false, words: `Not right yet: ${parts.join(', ')}.` };
}

/** Right means: each step in its place. */
export function judgeOrder(order: readonly string[], right: readonly string[]): Judged {
  const placed = right.filter((id, place) => order[place] === id).length;
  if (placed === right.length) return { right: true, words: 'Right.' };
  return {
    right: false,
    words: `Not right yet: ${placed} of ${right.length} stand in their place.`,
  };
}

/** Graded by oneself: half of the rubric is a pass. */
export function judgeRubric(ticked: number, of: number): Judged {
  const right = ticked * 2 >= of;
  return { right, words: `You covered ${ticked} of ${of}.` };
}

/** What an answer was worth: a hint, doubt, or a part of a rubric left out make it a hard one. */
export function gradeOf({ right }: Judged, hard: boolean): Grade {
  if (!right) return 1;
  return hard ? 2 : 3;
}

/** What a choice has to do with one option, said beside its verdict; '' when there is nothing to say. */
export function choiceNote(chosen: boolean, right: boolean, several: boolean): string {
  if (chosen) return 'your choice';
  return right && several ? 'you left it out' : '';
}

/** Where a step belongs, said beside its reason. Places count from 1. */
export function stepNote(place: number, rightPlace: number): string {
  return place === rightPlace ? `Number ${place}` : `Belongs at number ${rightPlace}`;
}
