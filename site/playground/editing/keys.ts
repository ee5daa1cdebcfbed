/** The editor's keys. Tab indents, which would hold a keyboard fast: Escape lets the next Tab move on. */
import type { PrismEditor } from 'prism-code-editor';
import { defaultKeymap, type EditorHotkey } from 'prism-code-editor/commands';

/** Ctrl+Enter is not among them: it is left to the page, which may run the code by it. */
const KEPT = new Set([
  'Tab',
  '8+Tab', // 8 is Shift, 1 is Alt
  'Enter',
  '8+Enter',
  '1+ArrowDown',
  '1+ArrowUp',
  '9+ArrowDown',
  '9+ArrowUp',
  'Mod+]',
  'Mod+[',
  'Mod+/',
]);

const LEAVING = 'leaving';

/** The package's commands for these keys. Tab does nothing of its own while `root` is being left. */
export function keymap(root: HTMLElement): Record<string, EditorHotkey> {
  const unlessLeaving =
    (command: EditorHotkey): EditorHotkey =>
    (editor, event, key) =>
      root.dataset.state !== LEAVING && command(editor, event, key);
  const kept = Object.entries(defaultKeymap).filter(([key]) => KEPT.has(key));
  return Object.fromEntries(
    kept.map(([key, command]) => [key, key.endsWith('Tab') ? unlessLeaving(command) : command]),
  );
}

export const wayOut = {
  hint: 'Tab indents. To leave the editor by keyboard, press Escape, then Tab.',

  /**
   * Escape once: the next Tab, or Shift+Tab, moves on, and `status` says so; any other key takes that back.
   * A second Escape is left to whatever is around the editor, such as a dialog. Returns a function that
   * removes this.
   */
  add(editor: PrismEditor, root: HTMLElement, status: HTMLElement): () => void {
    // The package's own Escape leaves the reader nowhere, and its newer hotkeys cannot take it away.
    Reflect.set(Reflect.get(editor, 'keyCommandMap'), 'Escape', null);
    const set = (leaving: boolean) => {
      if (leaving === (root.dataset.state === LEAVING)) return;
      root.dataset.state = leaving ? LEAVING : '';
      status.textContent = leaving ? 'The next Tab moves on.' : '';
    };
    const stop = new AbortController();
    const { signal } = stop;
    const on = { signal, capture: true };
    root.addEventListener(
      'keydown',
      (event) => {
        if (event.target !== editor.textarea || event.isComposing) return;
        if (['Tab', 'Shift'].includes(event.key)) return;
        if (event.key === 'Escape' && root.dataset.state !== LEAVING) {
          event.preventDefault();
          event.stopPropagation();
          set(true);
        } else if (event.key !== 'Escape') set(false);
      },
      on,
    );
    for (const type of ['blur', 'pointerdown'] as const)
      root.addEventListener(type, () => set(false), on);
    return () => stop.abort();
  },
};
