/** `<copy-text>` around a `code`, a button and a status: the button copies the code and says whether it could. */
class CopyText extends HTMLElement {
  connectedCallback(): void {
    const status = this.querySelector('[role="status"]');
    const text = this.querySelector('code')?.textContent;
    if (!status || !text) return;
    this.querySelector('button')?.addEventListener('click', async () => {
      status.textContent = '';
      status.textContent = await navigator.clipboard.writeText(text).then(
        () => 'Copied.',
        () => 'The browser did not allow it. Select the command instead.',
      );
    });
  }
}

customElements.define('copy-text', CopyText);
