import { count, define, part } from '../progress/parts.ts';
import { type Decision, decide, fromHash, type Given, type Outcome, toHash } from './guide.ts';

/** The form of the guide: takes the answer out of the table below it, and keeps the choices in the address. */
class CarrierGuide extends HTMLElement {
  readonly #follow = () => this.#read();

  connectedCallback(): void {
    this.#form.addEventListener('change', () => this.#update());
    part(this, 'again').addEventListener('click', () => {
      this.#form.reset();
      this.#update();
      this.#inputs[0]?.focus();
    });
    addEventListener('hashchange', this.#follow);
    this.#read();
  }

  disconnectedCallback(): void {
    removeEventListener('hashchange', this.#follow);
  }

  get #form(): HTMLFormElement {
    return this.#one('form');
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll('input')];
  }

  #one<Found extends Element>(selector: string): Found {
    const found = this.querySelector<Found>(selector);
    if (!found) throw new Error(`no ${selector} in the guide`);
    return found;
  }

  /** Takes the choices of the address, if it has some, else those that stand in the form. */
  #read(): void {
    const values = Object.values(fromHash(location.hash));
    if (values.length > 0) {
      for (const input of this.#inputs) input.checked = values.some((one) => one === input.value);
      this.scrollIntoView();
    }
    this.#show(decide(this.#given));
  }

  get #given(): Given {
    const checked = this.#inputs.filter((input) => input.checked);
    return Object.fromEntries(checked.map(({ name, value }) => [name, value]));
  }

  #update(): void {
    history.replaceState(history.state, '', toHash(this.#given) || location.pathname);
    this.#show(decide(this.#given));
  }

  #show({ open, idle, outcome }: Decision): void {
    for (const fieldset of this.querySelectorAll('fieldset')) {
      const none = idle.some((name) => name === fieldset.dataset['question']);
      fieldset.disabled = none;
      part(fieldset, 'idle').textContent = none ? 'makes no difference here' : '';
    }
    part(this, 'answer').hidden = outcome === undefined;
    part(this, 'foot').hidden = !this.#inputs.some((input) => input.checked);
    part(this, 'link').setAttribute('href', toHash(this.#given));
    const left = `${count(open.length, 'question')} to go.`;
    part(this, 'status').textContent = outcome ? this.#answer(outcome) : left;
  }

  /** Copies the answer out of the table; gives the sentence that announces it. */
  #answer({ rule, notes }: Outcome): string {
    const row = this.#one<HTMLElement>(`[data-rule="${rule}"]`);
    for (const name of ['use', 'because', 'actions', 'next']) {
      part(this, name).replaceChildren(...copies(row, name));
    }
    for (const note of notes) {
      const item = document.createElement('li');
      item.append(...copies(this.#one(`[data-note="${note}"]`), 'actions'));
      part(this, 'actions').append(item);
    }
    return `Use ${row.dataset['use']}.`;
  }
}

function copies(row: ParentNode, cell: string): Node[] {
  const nodes = row.querySelector(`[data-cell="${cell}"]`)?.childNodes ?? [];
  return [...nodes].map((node) => node.cloneNode(true));
}

define('carrier-guide', CarrierGuide);
