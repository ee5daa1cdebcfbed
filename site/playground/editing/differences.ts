/** The button that shows and hides what the reader has changed in the file at hand. */
import type { Shown } from './changes-view.ts';

export class Differences {
  private readonly button: HTMLButtonElement;
  private readonly host: HTMLElement;
  private readonly shown: () => Shown;
  private open = false;

  constructor(button: HTMLButtonElement, host: HTMLElement, shown: () => Shown) {
    this.button = button;
    this.host = host;
    this.shown = shown;
    button.addEventListener('click', () => this.set(!this.open));
    this.set(false);
  }

  close(): void {
    this.set(false);
  }

  /** To be called after each change. */
  follow(): void {
    if (this.open) void this.draw();
  }

  private set(open: boolean): void {
    this.open = open;
    this.button.textContent = open ? 'Hide my changes' : 'Show my changes';
    this.button.setAttribute('aria-expanded', String(open));
    if (open) void this.draw();
    else this.host.replaceChildren();
  }

  private async draw(): Promise<void> {
    const { showChanges } = await import('./changes-view.ts');
    if (!this.open) return;
    await showChanges(this.host, this.shown());
    if (!this.open) this.host.replaceChildren();
  }
}
