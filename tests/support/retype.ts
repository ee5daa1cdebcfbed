// Changes a long text as a reader types it. To fill in the whole of it would cost seconds: Chromium says `input` once a line.
import { expect, type Locator } from '@playwright/test';

/** Makes the text of a field this one: only where the two differ, and with the field's own undo. */
export async function retype(field: Locator, text: string): Promise<void> {
  const before = await field.inputValue();
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === text.at(-1 - same)) same += 1;
  await field.evaluate(
    (area: HTMLTextAreaElement, [from, to]) => {
      area.focus();
      area.setSelectionRange(from, to);
    },
    [start, before.length - same] as const,
  );
  const added = text.slice(start, text.length - same);
  if (added !== '') await field.page().keyboard.insertText(added);
  else if (before.length > text.length) await field.press('Delete');
  await expect(field).toHaveValue(text);
}
