/** Mermaid text to an SVG without a style of its own: `Diagram.astro` draws it in the site's colors. */
import { createHash } from 'node:crypto';
import { renderMermaidSVG } from 'beautiful-mermaid';
import { spread } from './sequence.ts';

export interface Drawing {
  svg: string;
  /** Natural size in CSS pixels. */
  width: number;
}

const PADDING = 8;

/** Draws `text`. Throws, with the first line of the text, when it is no diagram. */
export function draw(text: string): Drawing {
  const source = text.trim();
  let svg: string;
  try {
    svg = spread(renderMermaidSVG(source, { transparent: true, padding: PADDING }));
  } catch (cause) {
    throw new Error(`Diagram "${source.split('\n')[0]}" cannot be drawn.`, { cause });
  }
  const prefix = `d${createHash('sha256').update(source).digest('hex').slice(0, 6)}-`;
  const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  return { svg: clean(svg, prefix), width: Math.ceil(width) };
}

/** Drops styles and sizes, gives ids a prefix of their own, and rounds numbers to a tenth. */
function clean(svg: string, prefix: string): string {
  return svg
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/(<svg[^>]*?) width="[^"]*" height="[^"]*" style="[^"]*"/, '$1')
    .replace(/ (?:data-[\w-]+|font-family)="[^"]*"/g, '')
    .replace(/ id="([^"]+)"/g, ` id="${prefix}$1"`)
    .replace(/url\(#/g, `url(#${prefix}`)
    .replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/>\s+</g, '><');
}
