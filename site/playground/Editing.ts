/** The sources of a playground: one editor, the file that it shows, and what is kept of the reader's changes. */
import type { ExampleFiles } from '../tab/prepare.ts';
import { showChanges } from './editing/changes.ts';
import { folderName, folderOf } from './editing/download.ts';
import { createEditor, type Editor } from './editing/editor.ts';
import { EditStore } from './editing/edits.ts';
import type { Parts } from './parts.ts';
import type { Place } from './place.ts';

const HOME = '/handshake/';

interface Options {
  parts: Parts;
  example: ExampleFiles;
  packages: Record<string, string>;
}

export class Editing {
  private readonly options: Options;
  /** Path below the project (`examples/NAME/server.ts`) to the course's text; `.env` begins empty. */
  private readonly course: Record<string, string>;
  private readonly store: EditStore;
  private readonly editor: Editor;
  private shown: string;

  constructor(options: Options) {
    this.options = options;
    const { parts, example } = options;
    const own = example.files.filter(([path]) => path.startsWith(HOME));
    this.course = Object.fromEntries(own.map(([path, text]) => [path.slice(HOME.length), text]));
    const env = `examples/${example.name}/.env`;
    this.course[env] = this.course[`${env}.example`] ?? '';
    this.shown = `examples/${example.name}/server.ts`;
    this.store = new EditStore({
      example: example.name,
      course: this.course,
      onNotice: (sentences) => this.notice(sentences),
      onTaken: (paths) => {
        if (paths.includes(this.shown)) this.show(this.shown);
      },
    });
    this.editor = createEditor(parts.editor, {
      label: `Source of ${example.name}`,
      text: this.store.text(this.shown),
      onChange: (text) => {
        this.store.set(this.shown, text);
        this.mark();
      },
    });
    this.listFiles();
    parts.files.addEventListener('change', () => this.show(parts.files.value));
    parts.reset.addEventListener('click', () => this.reset());
    parts.changes.addEventListener('click', () => void this.changes());
    parts.download.addEventListener('click', () => void this.download());
    this.mark();
  }

  /** Every file of the run, with the reader's changes. */
  files(): [path: string, text: string][] {
    this.store.flush();
    const { example } = this.options;
    const changed = new Set(this.store.changed);
    const texts = example.files.map(([path, text]): [string, string] => {
      const short = path.slice(HOME.length);
      return [path, changed.has(short) ? this.store.text(short) : text];
    });
    const env = `examples/${example.name}/.env`;
    if (changed.has(env)) texts.push([`${HOME}${env}`, this.store.text(env)]);
    return texts;
  }

  /** Shows the file and marks the line; nothing takes the mark away. */
  showError(place: Place | undefined): void {
    if (place) this.show(place.path.slice(HOME.length));
    this.editor.showError(place);
  }

  private show(path: string): void {
    this.shown = path;
    this.options.parts.files.value = path;
    this.options.parts.diff.replaceChildren();
    this.editor.setText(this.store.text(path));
    this.mark();
  }

  private listFiles(): void {
    const { parts, example } = this.options;
    const first = ['server.ts', 'session.ts', 'room.ts', 'client.ts', 'index.html', '.env'];
    const folder = `examples/${example.name}/`;
    const rank = (path: string) => {
      const at = path.startsWith(folder) ? first.indexOf(path.slice(folder.length)) : -1;
      return at < 0 ? first.length : at;
    };
    const paths = Object.keys(this.course).filter((path) => !/\.(?:md|example)$/.test(path));
    for (const path of paths.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))) {
      parts.files.append(new Option(path, path));
    }
    parts.files.value = this.shown;
  }

  private mark(): void {
    const { parts } = this.options;
    const changed = new Set(this.store.changed);
    for (const option of parts.files.options) {
      option.textContent = changed.has(option.value) ? `${option.value} (changed)` : option.value;
    }
    parts.reset.disabled = !changed.has(this.shown);
  }

  private notice(sentences: string[]): void {
    this.options.parts.notices.replaceChildren(
      ...sentences.map((text) => Object.assign(document.createElement('p'), { textContent: text })),
    );
  }

  /** The course's text again; an undo in the editor brings the reader's back. */
  private reset(): void {
    const text = this.course[this.shown] ?? '';
    this.editor.setText(text, 'undoable');
    this.store.set(this.shown, text);
    this.mark();
  }

  private async changes(): Promise<void> {
    const { diff, changes } = this.options.parts;
    if (diff.childElementCount > 0) {
      diff.replaceChildren();
      changes.textContent = 'Show my changes';
      return;
    }
    const mine = this.store.text(this.shown);
    await showChanges(diff, { file: this.shown, course: this.course[this.shown] ?? '', mine });
    changes.textContent = 'Hide my changes';
  }

  private async download(): Promise<void> {
    const { example, packages } = this.options;
    const files = Object.fromEntries(
      this.files().flatMap(([path, text]) =>
        path.startsWith(HOME) ? [[path.slice(HOME.length), text]] : [],
      ),
    );
    const zip = await folderOf({ example: example.name, files, packages });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(zip);
    link.download = `${folderName(example.name)}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
