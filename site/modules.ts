/** The modules of the course, in order. A lesson's frontmatter names one of them. */
export const modules = [
  'Start',
  'Ground',
  'Tokens',
  'The browser',
  'Sessions',
  'Lifetime',
  'Authorization',
  'Ship',
] as const;

export type Module = (typeof modules)[number];
