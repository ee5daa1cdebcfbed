// Elements without a framework. Data goes in as text nodes and attributes only.
import { type CarrierName, carriers } from '../../carriers.ts';

type Tags = HTMLElementTagNameMap;

export function el<Tag extends keyof Tags>(
  tag: Tag,
  className = '',
  ...children: (Node | string)[]
): Tags[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Words for a screen reader alone. */
export const aside = (words: string): HTMLElement => el('span', 'sr-only', words);

export function button(label: string, press: () => void): HTMLButtonElement {
  const element = el('button', 'wire-button', label);
  element.type = 'button';
  element.addEventListener('click', press);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES: Record<CarrierName, [tag: string, attributes: Record<string, string>]> = {
  'auth-field': ['circle', { cx: '12', cy: '12', r: '11.5' }],
  cookie: ['rect', { x: '1', y: '1', width: '22', height: '22' }],
  query: ['path', { d: 'M12 .5 24 23.5H0z' }],
  session: ['path', { d: 'M12-.5 24.5 12 12 24.5-.5 12z' }],
};

/** A carrier by shape, letter, color and word, as `Carrier.astro` draws it. */
export function carrier(name: CarrierName): HTMLElement {
  const [tag, attributes] = SHAPES[name];
  const shape = svg(tag, attributes);
  const letter = svg('text', { x: '12', y: name === 'query' ? '20' : '16.5' });
  letter.textContent = carriers[name].letter;
  const drawing = svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  drawing.append(shape, letter);
  return el('span', `wire-carrier ${name}`, drawing, carriers[name].word);
}

function svg(tag: string, attributes: Record<string, string>): Element {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
