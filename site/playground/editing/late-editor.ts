/**
 * The editor, fetched when the reader comes near it. Until then, and where it cannot be fetched, a plain textarea
 * stands in its place, with the same text, and is as good for a change.
 */
import type { Editor, EditorOptions, OpenFile } from './editor.ts';
import { element } from './element.ts';
import type { SourceError } from './error-mark.ts';

export class LateEditor implements Omit<Editor, 'dispose'> {
  private readonly host: HTMLElement;
  private readonly options: EditorOptions;
  private readonly plain = element('textarea', 'editing-plain');
  private editor: Editor | undefined;
  private loading: Promise<void> | undefined;
  private file: OpenFile = { label: '', text: '', language: 'text' };
  private error: SourceError | undefined;

  constructor(host: HTMLElement, options: EditorOptions) {
    this.host = host;
    this.options = options;
    this.plain.spellcheck = false;
    this.plain.addEventListener('input', () => options.onChange(this.plain.value));
    this.plain.addEventListener('focus', () => this.load());
    host.append(this.plain);
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        this.load();
      },
      { rootMargin: '200px' },
    );
    near.observe(host);
  }

  get text(): string {
    return this.editor?.text ?? this.plain.value;
  }

  open(file: OpenFile): void {
    this.file = file;
    this.error = undefined;
    this.editor?.open(file);
    this.plain.value = file.text;
    this.plain.setAttribute('aria-label', file.label);
  }

  replace(text: string): void {
    this.editor?.replace(text);
    this.plain.value = text;
  }

  focus(): void {
    if (this.editor) this.editor.focus();
    else this.plain.focus();
  }

  showError(error: SourceError | undefined): void {
    this.error = error;
    this.editor?.showError(error);
    if (error) this.load();
  }

  private load(): void {
    this.loading ??= import('./editor.ts').then(
      ({ createEditor }) => this.swap(createEditor),
      () => {
        this.loading = undefined; // the next sign of the reader tries again
      },
    );
  }

  private swap(createEditor: (host: HTMLElement, options: EditorOptions) => Editor): void {
    const { selectionStart, selectionEnd, value } = this.plain;
    const focused = document.activeElement === this.plain;
    this.editor = createEditor(this.host, this.options);
    this.editor.open({ ...this.file, text: value });
    this.plain.remove();
    if (focused) this.editor.focus(selectionStart, selectionEnd);
    this.editor.showError(this.error);
  }
}
