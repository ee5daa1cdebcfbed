/** `<tab-lab>`: waits for its button; everything else is loaded then. */
class TabLab extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('button.run');
    if (!button) return;
    button.disabled = false;
    button.addEventListener('click', () => void this.#start(button));
  }

  async #start(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    button.textContent = 'Loading…';
    try {
      const { LabPanel } = await import('./LabPanel.ts');
      await LabPanel.open(this, this.dataset['lab'] ?? '', this.dataset['base'] ?? '/tab/');
    } catch (error) {
      button.textContent = 'Open the lab here';
      button.disabled = false;
      const line = this.querySelector('[role="alert"]') ?? document.createElement('p');
      line.setAttribute('role', 'alert');
      line.textContent = `It did not load: ${(error as Error).message} Try again, or use the command below.`;
      this.querySelector('section')?.append(line);
    }
  }
}

customElements.define('tab-lab', TabLab);
