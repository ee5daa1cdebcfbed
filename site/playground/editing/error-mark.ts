/** The one error that an editor shows: a mark on its line, and its words below, with a way to get there. */
import type { PrismEditor } from 'prism-code-editor';
import { element } from './element.ts';

/** Where the code cannot run, and why. `line` and `column` count from 1. */
export interface SourceError {
  line: number;
  column: number;
  message: string;
}

export interface ErrorMark {
  /** Stands below the code; empty when there is no error. */
  message: HTMLElement;
  show(error: SourceError | undefined): void;
  /** To be called after each change: the mark goes when its line went. */
  follow(): void;
}

const MARKED = 'error-line';

/** `id` is the message's, for the textarea's description. */
export function createErrorMark(editor: PrismEditor, id: string): ErrorMark {
  const { textarea } = editor;
  const message = element('div', 'editing-error');
  const described = textarea.getAttribute('aria-describedby') ?? '';
  let marked: Element | undefined;

  const unmark = () => {
    marked?.classList.remove(MARKED);
    marked = undefined;
  };

  const show = (error: SourceError | undefined) => {
    unmark();
    message.replaceChildren();
    textarea.setAttribute('aria-describedby', error ? `${id} ${described}` : described);
    if (!error) {
      textarea.removeAttribute('aria-invalid');
      return;
    }
    textarea.setAttribute('aria-invalid', 'true');
    const line = Math.min(Math.max(1, error.line), editor.lines.length - 1);
    marked = editor.lines[line]; // the first child is no line, so lines count from 1
    marked?.classList.add(MARKED);
    scrollTo(editor, marked);
    const words = element('p', undefined, `Line ${line}, column ${error.column}: `);
    words.append(element('code', undefined, error.message));
    words.id = id;
    const go = element('button', 'editing-go', `Go to line ${line}`);
    go.type = 'button';
    go.addEventListener('click', () => goTo(editor, marked, error.column));
    message.append(words, go);
  };

  const follow = () => {
    if (!marked || marked.isConnected) return;
    unmark();
    message.querySelector('button')?.remove();
  };

  return { message, show, follow };
}

/** Scrolls the code, and never the page. */
function scrollTo({ container }: PrismEditor, line: Element | undefined): void {
  if (!line) return;
  const [outer, inner] = [container.getBoundingClientRect(), line.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  container.scrollTop += inner.top - outer.top - container.clientHeight / 3;
}

/** Puts the cursor into the line, which may have moved since, as near to `column` as it is long. */
function goTo(editor: PrismEditor, marked: Element | undefined, column: number): void {
  if (!marked) return;
  const index = Array.from<Element>(editor.lines).indexOf(marked) - 1;
  if (index < 0) return;
  const before = editor.value.split('\n');
  const start = before.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  const at = start + Math.min(Math.max(0, column - 1), before[index]?.length ?? 0);
  editor.textarea.focus();
  editor.textarea.setSelectionRange(at, at);
  scrollTo(editor, marked);
}
