/** What stands in a question before it is answered: read off the page, and put back after a reload. */
import { part } from '../progress/parts.ts';
import type { Draft } from './running.ts';

/** Options and lines carry their id around the input, the lines of a rubric in it. */
const CHOICES = '[data-choice] input, [data-part="rubric"] input';

const inputs = (root: ParentNode) => [...root.querySelectorAll<HTMLInputElement>(CHOICES)];
const idOf = (input: HTMLInputElement) =>
  input.closest<HTMLElement>('[data-choice]')?.dataset['choice'] ?? input.value;
const unsureOf = (root: ParentNode) => root.querySelector<HTMLInputElement>('[data-part="unsure"]');
const hintsOf = (root: ParentNode) => [
  ...root.querySelectorAll<HTMLDetailsElement>('details.hint'),
];
const stepsOf = (root: ParentNode) => [
  ...root.querySelectorAll<HTMLElement>('[data-part="steps"] > [data-choice]'),
];
const modelOf = (root: ParentNode) => root.querySelector<HTMLElement>('[data-part="model"]');

/** The field of an open question. */
export function textOf(root: ParentNode): HTMLTextAreaElement | null {
  return root.querySelector<HTMLTextAreaElement>('textarea[data-part="text"]');
}

export function readDraft(root: HTMLElement): Draft {
  const steps = stepsOf(root).map(({ dataset }) => dataset['choice'] ?? '');
  const chosen = inputs(root).filter(({ checked }) => checked);
  return {
    id: root.dataset['question'] ?? '',
    chosen: steps.length > 0 ? steps : chosen.map(idOf),
    unsure: unsureOf(root)?.checked === true,
    hints: hintsOf(root).filter(({ open }) => open).length,
    shown: modelOf(root)?.hidden === false,
  };
}

/** Puts a draft into the question it was read from; what it names and the question lacks is passed over. */
export function restoreDraft(root: HTMLElement, { chosen, unsure, hints, shown }: Draft): void {
  for (const input of inputs(root)) input.checked = chosen.includes(idOf(input));
  const steps = stepsOf(root);
  const known = chosen.flatMap((id) => steps.find(({ dataset }) => dataset['choice'] === id) ?? []);
  if (steps.length > 0 && known.length === steps.length) steps[0]?.parentElement?.append(...known);
  const box = unsureOf(root);
  if (box) box.checked = unsure;
  hintsOf(root).forEach((hint, place) => {
    if (place < hints) [hint.hidden, hint.open] = [false, true];
  });
  const model = modelOf(root);
  if (!model || !shown) return;
  model.hidden = false;
  part(root, 'check').textContent = 'Save what I ticked';
}
