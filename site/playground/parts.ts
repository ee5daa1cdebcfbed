/** The playground's own elements, made in one place; what they do stands in Playground.ts. */

export interface Parts {
  root: HTMLElement;
  run: HTMLButtonElement;
  stop: HTMLButtonElement;
  reset: HTMLButtonElement;
  changes: HTMLButtonElement;
  download: HTMLButtonElement;
  second: HTMLButtonElement;
  foreign: HTMLButtonElement;
  state: HTMLElement;
  notices: HTMLElement;
  choices: HTMLElement;
  pages: HTMLElement;
  files: HTMLSelectElement;
  editor: HTMLElement;
  diff: HTMLElement;
  output: HTMLElement;
  wire: HTMLElement;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function button(text: string, plain = true): HTMLButtonElement {
  const element = make('button', plain ? 'plain' : '', text);
  element.type = 'button';
  return element;
}

/** A part with a heading that names it. */
function part(title: string, id: string, ...children: HTMLElement[]): HTMLElement {
  const section = make('section', `part ${id}`);
  const heading = make('h2', 'part-title', title);
  section.setAttribute('aria-label', title);
  section.append(heading, ...children);
  return section;
}

export function makeParts(example: string): Parts {
  const parts = {
    root: make('div', 'playground'),
    run: button('Run', false),
    stop: button('Stop'),
    reset: button('Reset to the course’s text'),
    changes: button('Show my changes'),
    download: button('Download as a folder'),
    second: button('Open a second browser'),
    foreign: button('Open a page of another origin'),
    state: make('p', 'state'),
    notices: make('div', 'notices'),
    choices: make('div', 'choices'),
    pages: make('div', 'pages'),
    files: make('select'),
    editor: make('div', 'editor'),
    diff: make('div', 'diff'),
    output: make('div', 'output'),
    wire: make('div', 'wire'),
  };
  const { root, run, stop, reset, changes, download, second, state, notices } = parts;
  state.setAttribute('role', 'status');
  notices.setAttribute('role', 'status');
  parts.output.setAttribute('role', 'log');
  parts.output.setAttribute('aria-label', 'What the server prints');
  parts.output.tabIndex = 0;
  const pick = make('label', 'pick', 'File ');
  pick.append(parts.files);
  const row = (...children: HTMLElement[]) => {
    const element = make('div', 'row');
    element.append(...children);
    return element;
  };
  const bar = row(run, stop, state);
  bar.classList.add('bar');
  root.append(
    bar,
    part(`The page of ${example}`, 'page-part', parts.pages, row(second, parts.foreign)),
    part('The wire', 'wire-part', parts.wire),
    part(
      'The sources',
      'source-part',
      row(pick, reset, changes, download),
      notices,
      parts.choices,
      parts.editor,
      parts.diff,
    ),
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
