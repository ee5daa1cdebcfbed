/**
 * Gives the page a style sheet that only a run needs: a text, from an import with `?inline`. A style sheet that a script
 * imports in the ordinary way is linked by every page that could load that script.
 */
export function adopt(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
