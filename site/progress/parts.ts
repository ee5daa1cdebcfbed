/** The element inside `root` that is marked `data-part="name"`. Throws when the markup lacks it. */
export function part(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!found) throw new Error(`no element with data-part="${name}"`);
  return found;
}

/** Registers a custom element once, whichever script comes first. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** A day as readers write it, "Nov 20, 2026". */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString('en-US', { dateStyle: 'medium' });
}

/** "1 lesson", "2 lessons". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
