/** Which grammar colors a file. That of TypeScript comes with the editor, the others when first asked for. */

export type Language = 'typescript' | 'html' | 'css' | 'env' | 'text';

/** By the ending of a path; `text` is left uncolored. */
export function languageOf(path: string): Language {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  if (ending === 'ts') return 'typescript';
  return ending === 'html' || ending === 'css' || ending === 'env' ? ending : 'text';
}

let loaded = false;

/** Loads what colors the language; nothing when it is there already. */
export function loadGrammar(language: Language): Promise<void> | undefined {
  if (loaded || language === 'typescript' || language === 'text') return undefined;
  return import('./grammars.ts').then(() => {
    loaded = true;
  });
}
