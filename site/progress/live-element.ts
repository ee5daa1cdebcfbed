import { $state, type State } from './store.ts';

/** A custom element that follows the progress store for as long as it is on the page. */
export abstract class LiveElement extends HTMLElement {
  #stop: (() => void) | undefined;
  #ready = false;

  connectedCallback(): void {
    if (!this.#ready) this.setUp();
    this.#ready = true;
    this.#stop = $state.subscribe((state) => this.show(state));
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  /** Adds listeners, once. */
  protected setUp(): void {}

  /** Paints a state; called at once and after each change. */
  protected abstract show(state: State): void;
}
