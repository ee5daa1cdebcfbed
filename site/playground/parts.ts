/** The playground's own elements, made in one place; what they do stands in Playground.ts. */

/** What the sources are edited with. */
export interface SourceParts {
  reset: HTMLButtonElement;
  changes: HTMLButtonElement;
  download: HTMLButtonElement;
  notices: HTMLElement;
  choices: HTMLElement;
  files: HTMLSelectElement;
  editor: HTMLElement;
  diff: HTMLElement;
}

export interface Parts extends SourceParts {
  root: HTMLElement;
  run: HTMLButtonElement;
  stop: HTMLButtonElement;
  second: HTMLButtonElement;
  foreign: HTMLButtonElement;
  state: HTMLElement;
  pages: HTMLElement;
  output: HTMLElement;
  wire: HTMLElement;
}

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function button(text: string, plain = true): HTMLButtonElement {
  const element = make('button', plain ? 'plain' : '', text);
  element.type = 'button';
  return element;
}

/** A part with a heading that names it. */
export function part(title: string, id: string, ...children: HTMLElement[]): HTMLElement {
  const section = make('section', `part ${id}`);
  const heading = make('h2', 'part-title', title);
  section.setAttribute('aria-label', title);
  section.append(heading, ...children);
  return section;
}

export function row(...children: HTMLElement[]): HTMLElement {
  const element = make('div', 'row');
  element.append(...children);
  return element;
}

export function sources(): SourceParts {
  const notices = make('div', 'notices');
  notices.setAttribute('role', 'status');
  return {
    reset: button('Reset to the course’s text'),
    changes: button('Show my changes'),
    download: button('Download as a folder'),
    notices,
    choices: make('div', 'choices'),
    files: make('select'),
    editor: make('div', 'editor'),
    diff: make('div', 'diff'),
  };
}

/** The part with the editor. */
export function sourcePart(parts: SourceParts): HTMLElement {
  const { files, reset, changes, download, notices, choices, editor, diff } = parts;
  const pick = make('label', 'pick', 'File ');
  pick.append(files);
  const tools = row(pick, reset, changes, download);
  return part('The sources', 'source-part', tools, notices, choices, editor, diff);
}

/** Where the server's lines stand. */
export function outputOf(): HTMLElement {
  const output = make('div', 'output');
  output.setAttribute('role', 'log');
  output.setAttribute('aria-label', 'What the server prints');
  output.tabIndex = 0;
  return output;
}

export function makeParts(example: string): Parts {
  const parts = {
    root: make('div', 'playground'),
    run: button('Run', false),
    stop: button('Stop'),
    second: button('Open a second browser'),
    foreign: button('Open a page of another origin'),
    state: make('p', 'state'),
    pages: make('div', 'pages'),
    ...sources(),
    output: outputOf(),
    wire: make('div', 'wire'),
  };
  const { root, run, stop, second, state } = parts;
  state.setAttribute('role', 'status');
  const bar = row(run, stop, state);
  bar.classList.add('bar');
  root.append(
    bar,
    part(`The page of ${example}`, 'page-part', parts.pages, row(second, parts.foreign)),
    part('The wire', 'wire-part', parts.wire),
    sourcePart(parts),
    part('The server’s console', 'output-part', parts.output),
  );
  return parts;
}

/** A line in the server's console. */
export function print(output: HTMLElement, text: string, kind: 'stdout' | 'stderr' | 'note'): void {
  const following = output.scrollHeight - output.scrollTop - output.clientHeight < 20;
  for (const line of text.replace(/\n$/, '').split('\n'))
    output.append(make('p', kind, line || ' '));
  while (output.childElementCount > 500) output.firstElementChild?.remove();
  if (following) output.scrollTop = output.scrollHeight;
}
