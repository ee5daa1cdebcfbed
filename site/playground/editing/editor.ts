/**
 * A small code editor: a textarea under colored lines (prism-code-editor, in the light DOM).
 *
 * The package's ready-made setups put an editor in a shadow root and add `<style>` elements, which the site's
 * policy forbids. So this uses its core, whose only styles are a sheet that Vite serves and style
 * attributes, with the colors in `editing.css`.
 */
import './styles.ts';
import { createEditor as createPrismEditor } from 'prism-code-editor';
import { editHistory, editorCommands } from 'prism-code-editor/commands';
import { cursorPosition } from 'prism-code-editor/cursor';
import 'prism-code-editor/languages/clike';
import { highlightBracketPairs } from 'prism-code-editor/highlight-brackets';
import { matchBrackets } from 'prism-code-editor/match-brackets';
import 'prism-code-editor/prism/languages/typescript';
import { element } from './element.ts';
import { createErrorMark, type SourceError } from './error-mark.ts';
import { keymap, wayOut } from './keys.ts';
import { type Language, loadGrammar } from './languages.ts';

export interface EditorOptions {
  /** Called with the whole text for each change by the reader, undo and redo too; not for `open` and `replace`. */
  onChange: (text: string) => void;
}

/** A file to show; `label` is the textarea's name. */
export interface OpenFile {
  label: string;
  text: string;
  language: Language;
}

export interface Editor {
  readonly text: string;
  /** Shows another file, with a history of its own and no error. */
  open(file: OpenFile): void;
  /** Another text of the same file: undo brings the one before back. Takes away the error. */
  replace(text: string): void;
  /** The selection stays as it is where none is given. */
  focus(start?: number, end?: number): void;
  /** Marks the line and says the message below the code; `undefined` takes both away. */
  showError(error: SourceError | undefined): void;
  dispose(): void;
}

let count = 0;

/** Puts an editor at the end of `host`. */
export function createEditor(host: HTMLElement, options: EditorOptions): Editor {
  const id = `editing-${++count}`;
  const root = element('div', 'editing not-content');
  const status = element('span', 'editing-status');
  status.setAttribute('role', 'status');
  const hint = element('p', 'editing-hint', wayOut.hint);
  hint.id = `${id}-hint`;
  const below = element('div', 'editing-below');
  below.append(hint, status);

  const editor = createPrismEditor(
    root,
    { language: 'text', value: '', tabSize: 2, wordWrap: true },
    cursorPosition(),
    matchBrackets(false),
    highlightBracketPairs(),
    editorCommands(keymap(root)),
    editHistory(),
  );
  const { textarea } = editor;
  textarea.setAttribute('aria-describedby', hint.id);
  textarea.setAttribute('autocorrect', 'off');
  textarea.setAttribute('translate', 'no');
  const removeWayOut = wayOut.add(editor, root, status);
  const error = createErrorMark(editor, `${id}-error`);
  root.append(error.message, below);
  host.append(root);

  let byReader = true;
  let opened = 0;
  const removeUpdate = editor.on('update', (text) => {
    error.follow();
    if (byReader) options.onChange(text);
  });
  const quietly = (change: () => void) => {
    byReader = false;
    change();
    byReader = true;
  };

  return {
    get text() {
      return editor.value;
    },
    open({ label, text, language }) {
      const mine = ++opened;
      error.show(undefined);
      textarea.setAttribute('aria-label', label);
      const color = () => quietly(() => editor.setOptions({ language }));
      const loading = loadGrammar(language);
      quietly(() => editor.setOptions({ value: text, language: loading ? 'text' : language }));
      loading?.then(
        () => mine === opened && color(),
        () => {}, // without its grammar it is as good, if less colored
      );
    },
    replace(text) {
      error.show(undefined);
      if (text !== editor.value) quietly(() => replaceAsInput(textarea, text));
    },
    focus(start, end) {
      textarea.focus();
      if (start !== undefined) textarea.setSelectionRange(start, end ?? start);
    },
    showError: error.show,
    dispose() {
      textarea.blur(); // the package listens to the document while it has the focus
      removeUpdate();
      removeWayOut();
      editor.remove();
      root.remove();
    },
  };
}

/** As if the reader had typed it, so that the history has it. */
function replaceAsInput(textarea: HTMLTextAreaElement, text: string): void {
  textarea.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertReplacementText' }));
  textarea.value = text;
  textarea.setSelectionRange(0, 0);
  textarea.dispatchEvent(new InputEvent('input', { inputType: 'insertReplacementText' }));
}
