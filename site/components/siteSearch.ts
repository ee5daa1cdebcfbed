/** `<site-search>`: opens its dialog by its button or Ctrl+K, and only then loads what searches. */
class SiteSearch extends HTMLElement {
  #panel: Promise<unknown> | undefined;

  connectedCallback(): void {
    this.querySelector('.open')?.addEventListener('click', () => this.open());
    const dialog = this.querySelector('dialog');
    this.querySelector('.close')?.addEventListener('click', () => dialog?.close());
    dialog?.addEventListener('click', ({ target }) => {
      if (target === dialog) dialog.close();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (dialog?.open) dialog.close();
      else this.open();
    });
  }

  open(): void {
    this.querySelector('dialog')?.showModal();
    this.querySelector('input')?.focus();
    this.#panel ??= import('./searchPanel.ts')
      .then(({ searchPanel }) => searchPanel(this))
      .then((loaded) => {
        if (!loaded) this.#panel = undefined;
      });
  }
}

customElements.define('site-search', SiteSearch);
