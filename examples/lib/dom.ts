// Copy this too: how the page of an example finds its parts, runs what is pressed, and says what
// came of it. It runs in the browser; page.ts serves it without its types.

/** What a server says when it refuses. A client decides by `code`; people read `message`. */
export type Reason = { code: string; message: string };

/** The element, checked to be of its kind. Throws when the page has no such element. */
export function find<T extends Element>(selector: string, kind: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}

export const button = (selector: string) => find(selector, HTMLButtonElement);

/** Adds a line to the page's log. */
export function tell(text: string, kind: 'yes' | 'no' | '' = ''): void {
  const line = document.createElement('p');
  line.textContent = text; // never innerHTML: a message is somebody else's text
  line.className = kind;
  const log = find('#log', HTMLElement);
  log.querySelector('p.muted')?.remove();
  log.append(line);
  log.scrollTop = log.scrollHeight;
}

/** Tells why a login was refused and, after too many, how many seconds to wait. */
export async function tellRefusal(response: Response): Promise<void> {
  const { message } = await response.json();
  const wait = response.headers.get('Retry-After');
  tell(`login ${response.status}: ${message}${wait ? ` (${wait} s)` : ''}`, 'no');
}

/** Runs the work and tells its failure: the reason in the error's `data`, or that none came. */
export async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { data } = error as { data?: Reason };
    tell(
      data ? `${data.code}. ${data.message}` : 'The server does not answer. Is it running?',
      'no',
    );
  }
}

/** Attempts the work when the button is pressed. */
export function on(selector: string, work: () => unknown): void {
  button(selector).addEventListener('click', () => attempt(work));
}

/** Attempts the work in place of sending the form. */
export function onSubmit(form: HTMLFormElement, work: () => unknown): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(work);
  });
}
