// Runs in a page: marks some texts of each look, so that axe need not judge the same pair of colors a thousand times.

interface Where {
  /** A selector: texts are marked in what it matches. */
  within: string;
  /** A selector: texts are not marked in what it matches. */
  except: string;
  /** Looks that were judged before. */
  seen: string[];
}

/**
 * Marks the first, the middle and the last visible element of each look. A look is what its contrast comes from: the
 * color and size of its text, and the grounds under it, up to the first that lets nothing through. Gives the looks.
 */
export function markLooks({ within, except, seen }: Where): string[] {
  const attribute = 'data-look';
  const grounds = new Map<Element, string>();
  /** What fades an element, be it its own or of any around it: an opaque ground does not keep that off. */
  const fadeOf = (element: Element): string => {
    const { opacity, filter } = getComputedStyle(element);
    const own = opacity === '1' && filter === 'none' ? '' : `${opacity} ${filter},`;
    return element.parentElement ? own + fadeOf(element.parentElement) : own;
  };
  /** The grounds under an element, from its own on: colors, pictures, what lies over the page. */
  const groundOf = (element: Element): string => {
    const known = grounds.get(element);
    if (known !== undefined) return known;
    const style = getComputedStyle(element);
    const { backgroundColor: color, backgroundImage: picture, position } = style;
    const over = position === 'static' || position === 'relative' ? '' : element.className;
    const parent = element.parentElement;
    const closed = /^rgb\(/.test(color) && picture === 'none' && over === '';
    const under = closed || !parent ? '' : groundOf(parent);
    const ground = `${color} ${picture} ${over}<${under}`;
    grounds.set(element, ground);
    return ground;
  };
  const saysSomething = (element: Element): boolean =>
    element.matches('input, textarea, select') ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());

  const looks = new Map<string, Element[]>();
  for (const element of document.querySelectorAll('body *')) {
    element.removeAttribute(attribute);
    if (!element.closest(within) || element.closest(except) || !saysSomething(element)) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = `${color} ${fontSize} ${fontWeight} ${textShadow} ${fadeOf(element)} ${groundOf(element)}`;
    if (!seen.includes(look)) looks.set(look, [...(looks.get(look) ?? []), element]);
  }
  for (const alike of looks.values()) {
    for (const n of [0, Math.floor(alike.length / 2), alike.length - 1]) {
      alike[n]?.setAttribute(attribute, '');
    }
  }
  return [...looks.keys()];
}
