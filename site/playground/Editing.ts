/** The sources of a playground: one editor, the file that it shows, and what is kept of the reader's changes. */
import type { ExampleFiles } from '../tab/prepare.ts';
import { actionsOf } from './editing/actions.ts';
import { Differences } from './editing/differences.ts';
import { EditStore } from './editing/edits.ts';
import { languageOf } from './editing/languages.ts';
import { LateEditor } from './editing/late-editor.ts';
import { drawPlace, locate, SYNTAX } from './editing/locate.ts';
import { Notices } from './editing/notices.ts';
import { Picker } from './editing/picker.ts';
import type { SourceParts } from './parts.ts';
import type { Place } from './place.ts';

const HOME = '/handshake/';

interface Options {
  parts: SourceParts;
  example: ExampleFiles;
  packages: Record<string, string>;
}

type Files = [path: string, text: string][];

export class Editing {
  private readonly options: Options;
  /** Path below the project (`examples/NAME/server.ts`) to the course's text; `.env` begins empty. */
  private readonly course: Record<string, string>;
  private readonly store: EditStore;
  private readonly editor: LateEditor;
  private readonly picker: Picker;
  private readonly differences: Differences;
  private shown: string;
  private choosing = false;

  constructor(options: Options) {
    this.options = options;
    const { parts, example } = options;
    const own = example.files.filter(([path]) => path.startsWith(HOME));
    this.course = Object.fromEntries(own.map(([path, text]) => [path.slice(HOME.length), text]));
    const env = `examples/${example.name}/.env`;
    this.course[env] = this.course[`${env}.example`] ?? '';
    this.shown = `examples/${example.name}/server.ts`;
    this.picker = new Picker(parts.files, example.name, Object.keys(this.course));
    const actions = actionsOf({
      store: () => this.store,
      course: (path) => this.course[path] ?? '',
      choose: (path, act) => this.choose(path, act),
      reset: () => this.reset(),
    });
    const notices = new Notices(parts.notices, parts.choices, actions);
    this.store = new EditStore({
      example: example.name,
      course: this.course,
      onNotice: (sentences, keeping) => notices.show(sentences, keeping),
      onTaken: (paths) => this.take(paths),
    });
    this.editor = new LateEditor(parts.editor, {
      onChange: (text) => {
        this.store.set(this.shown, text);
        this.mark();
      },
    });
    this.differences = new Differences(parts.changes, parts.diff, () => {
      const file = this.shown;
      return { file, from: this.course[file] ?? '', to: this.store.text(file) };
    });
    parts.files.addEventListener('change', () => this.show(parts.files.value));
    parts.reset.addEventListener('click', () => this.reset());
    parts.download.addEventListener('click', () => void this.download());
    this.show(this.shown);
  }

  /** Every file of the run, with the reader's changes. */
  files(): Files {
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
    const path = place?.path.slice(HOME.length);
    if (path !== undefined && path !== this.shown) this.show(path);
    this.editor.showError(place);
  }

  /** The place of an error in the files of a run, from what was printed; `drawn` shows a mistake in the syntax. */
  async locate(errors: string, files: Files): Promise<(Place & { drawn: string }) | undefined> {
    const changed = new Set(this.store.changed.map((path) => HOME + path));
    const place = await locate(errors, files, changed);
    const text = files.find(([path]) => path === place?.path)?.[1];
    if (!place || text === undefined) return undefined;
    const short = { ...place, path: place.path.slice(HOME.length) };
    return { ...place, drawn: SYNTAX.test(errors) ? drawPlace(short, text) : '' };
  }

  private show(path: string): void {
    this.shown = path;
    this.options.parts.files.value = path;
    const text = this.store.text(path);
    this.editor.open({ label: `Source of ${path}`, text, language: languageOf(path) });
    this.differences.close();
    this.mark();
  }

  private choose(path: string | undefined, act: () => void): void {
    if (path !== undefined && path !== this.shown && this.picker.has(path)) this.show(path);
    this.choosing = true;
    act();
    this.choosing = false;
    this.mark();
  }

  /** Another tab's text, or one that was set aside: by the reader's choice undo brings the one before back. */
  private take(paths: string[]): void {
    const first = paths.find((path) => this.picker.has(path));
    if (this.choosing && first && !paths.includes(this.shown)) this.show(first);
    else if (this.choosing && first) this.editor.replace(this.store.text(this.shown));
    else if (paths.includes(this.shown)) this.show(this.shown);
    this.mark();
  }

  private mark(): void {
    const { parts } = this.options;
    const changed = new Set(this.store.changed);
    this.picker.mark(changed);
    parts.reset.disabled = !changed.has(this.shown);
    this.differences.follow();
  }

  /** The course's text again; an undo in the editor brings the reader's back. */
  private reset(): void {
    const text = this.course[this.shown] ?? '';
    this.editor.replace(text);
    this.store.set(this.shown, text);
    this.mark();
  }

  private async download(): Promise<void> {
    const { example, packages } = this.options;
    const files = Object.fromEntries(
      this.files().flatMap(([path, text]) =>
        path.startsWith(HOME) ? [[path.slice(HOME.length), text]] : [],
      ),
    );
    const { saveFolder } = await import('./editing/save.ts');
    await saveFolder({ example: example.name, files, packages });
  }
}
