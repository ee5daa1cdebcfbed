/**
 * Room for words in a sequence diagram. beautiful-mermaid puts lifelines 140 px apart however long the messages are;
 * `spread` moves them apart until each message's words fit, and moves along what stands on them.
 */

/** Mean width of a letter at the size of a message, in px, a little generous. */
const LETTER = 6;
const MARGIN = 28;

type Numbers = Record<string, number>;

/** Free room above and below a sequence diagram, and what is kept on each side, in px. */
const PADDING = 30;
const KEPT = 4;

/** `svg` with its lifelines farther apart where its messages need it, and little room around it. */
export function spread(svg: string): string {
  if (!svg.includes('class="lifeline"')) return svg;
  const k = factorOf(svg);
  const edges: number[] = [];
  const wide = (text: string) => scale(text, k);
  const moved = svg
    .replace(/<line class="lifeline"[^>]*>/g, wide)
    .replace(/<g class="message"[^>]*data-self="false"[\s\S]*?<\/g>/g, wide)
    .replace(/<g class="block"[\s\S]*?<\/g>/g, (group) => {
      const left = at(group, 'x', 'rect') * k;
      edges.push(left, left + at(group, 'width', 'rect') * k);
      return wide(group);
    })
    .replace(/<g class="(?:actor|note)"[\s\S]*?<\/g>/g, (group) => {
      const center = at(group, 'x', 'text');
      const half = center - (at(group, 'x', 'rect') || Number(/points="([\d.]+)/.exec(group)?.[1]));
      edges.push(center * k - half, center * k + half);
      return shift(group, center, k);
    })
    .replace(/<g class="message"[^>]*data-self="true"[\s\S]*?<\/g>/g, (group) => {
      const from = Number(/points="([\d.]+)/.exec(group)?.[1]);
      edges.push(from * k + at(group, 'x', 'text') - from + longest(group) * LETTER);
      return shift(group, from, k);
    })
    .replace(/<rect class="activation"[^>]*>/g, (rect) =>
      shift(rect, at(rect, 'x', 'rect') + at(rect, 'width', 'rect') / 2, k),
    );
  const left = Math.min(...edges) - KEPT;
  const across = Math.max(...edges) + KEPT - left;
  const top = PADDING - KEPT;
  return moved.replace(
    /viewBox="0 0 [\d.]+ ([\d.]+)" width="[\d.]+"/,
    (_, height) =>
      `viewBox="${left} ${top} ${across} ${Number(height) - 2 * top}" width="${across}"`,
  );
}

/** How much wider the widest message asks the room between its lifelines to be. */
function factorOf(svg: string): number {
  const messages = svg.matchAll(/<g class="message"[^>]*data-self="false"[^>]*>([\s\S]*?)<\/g>/g);
  const factors = [...messages].map(([, body = '']) => {
    const { x1 = 0, x2 = 0 } = numbersOf(body);
    return (longest(body) * LETTER + MARGIN) / Math.abs(x2 - x1);
  });
  return Math.max(1, ...factors.filter(Number.isFinite));
}

function numbersOf(text: string): Numbers {
  const found = text.matchAll(/\b(x1|x2)="([\d.]+)"/g);
  return Object.fromEntries([...found].map(([, name = '', value]) => [name, Number(value)]));
}

function scale(text: string, k: number): string {
  return text.replace(
    /( (?:x|x1|x2|width)=")([\d.]+)"/g,
    (_, name, n) => `${name}${Number(n) * k}"`,
  );
}

function shift(element: string, x: number, k: number): string {
  const distance = Math.round((k - 1) * x * 10) / 10;
  return element.replace(/^<(\w+)/, `<$1 transform="translate(${distance} 0)"`);
}

function at(text: string, attribute: string, tag: string): number {
  return Number(new RegExp(`<${tag}[^>]* ${attribute}="([\\d.]+)"`).exec(text)?.[1] ?? 0);
}

/** Letters in the longest line of the words in `svg`. */
function longest(svg: string): number {
  const lines = svg.replace(/&[#\w]+;/g, '_').split(/<[^>]*>/);
  return Math.max(...lines.map((line) => line.trim().length));
}
