/** The list of files that can be edited: the example's own first, in the order of reading. */
const FIRST = ['server.ts', 'session.ts', 'room.ts', 'client.ts', 'index.html', '.env'];

export class Picker {
  private readonly select: HTMLSelectElement;
  private readonly folder: string;

  constructor(select: HTMLSelectElement, example: string, paths: string[]) {
    this.select = select;
    this.folder = `examples/${example}/`;
    const shown = paths.filter((path) => !/\.(?:md|example)$/.test(path));
    for (const path of shown.sort(
      (a, b) => this.rank(a) - this.rank(b) || a.localeCompare(b, 'en'),
    ))
      select.append(new Option(this.nameOf(path), path));
  }

  has(path: string): boolean {
    return [...this.select.options].some(({ value }) => value === path);
  }

  /** Says beside each file whether the reader has changed it. */
  mark(changed: ReadonlySet<string>): void {
    for (const option of this.select.options) {
      const name = this.nameOf(option.value);
      option.textContent = changed.has(option.value) ? `${name} (changed)` : name;
    }
  }

  /** Short enough for a phone: `server.ts`, and `lib/env.ts` for what lies elsewhere. */
  private nameOf(path: string): string {
    return path.startsWith(this.folder)
      ? path.slice(this.folder.length)
      : path.replace(/^examples\//, '');
  }

  private rank(path: string): number {
    const at = path.startsWith(this.folder) ? FIRST.indexOf(path.slice(this.folder.length)) : -1;
    return at < 0 ? FIRST.length : at;
  }
}
