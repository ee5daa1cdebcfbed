/** `<tab-playground>`: waits for its button; everything else is loaded then. */

/** Why this browser cannot run a server, or nothing when it can. */
function whyNot(): string | undefined {
  const lacks = [
    ['Worker', typeof Worker === 'undefined'],
    ['style sheets made by scripts', !('replaceSync' in CSSStyleSheet.prototype)],
  ].flatMap(([name, lacking]) => (lacking ? [name] : []));
  return lacks.length > 0
    ? `This browser lacks ${lacks.join(' and ')}. Use the command below.`
    : undefined;
}

class TabPlayground extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('button.run');
    if (!button) return;
    const reason = whyNot();
    if (reason) {
      this.tell(reason);
      return;
    }
    button.disabled = false;
    button.addEventListener('click', () => void this.start(button), { once: true });
    for (const sign of ['pointerenter', 'focus', 'touchstart']) {
      button.addEventListener(sign, () => this.warm(), { once: true, passive: true });
    }
  }

  /** The button is about to be pressed: what a run needs is fetched now. */
  private warm(): void {
    this.preload();
    import('./Playground.ts').then(({ warm }) => warm(this)).catch(() => {}); // the run itself will say why
  }

  /** Asks for the files of the run beside the scripts that will want them. */
  private preload(): void {
    const files = this.dataset['files']?.split(' ') ?? [];
    delete this.dataset['files'];
    for (const file of files) {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous' });
      link.href = `${this.dataset['base']}${file}`;
      document.head.append(link);
    }
  }

  private async start(button: HTMLButtonElement): Promise<void> {
    this.preload();
    button.disabled = true;
    button.textContent = 'Starting…';
    try {
      const { Playground } = await import('./Playground.ts');
      await Playground.open(this);
    } catch (error) {
      button.textContent = 'Run it here';
      button.disabled = false;
      button.addEventListener('click', () => void this.start(button), { once: true });
      this.tell(
        `It did not start: ${(error as Error).message} Try again, or use the command below.`,
      );
    }
  }

  private tell(text: string): void {
    const line = this.querySelector('[role="alert"]') ?? document.createElement('p');
    line.setAttribute('role', 'alert');
    line.textContent = text;
    this.querySelector('section')?.append(line);
  }
}

customElements.define('tab-playground', TabPlayground);
