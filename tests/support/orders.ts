/** What a test may order a steered example to do. The answer is `{done: n, value}`. */
export type Order =
  | { do: 'remove'; id: string }
  | { do: 'disable'; id: string }
  | { do: 'demote'; id: string }
  | { do: 'vanish'; id: string }
  | { do: 'slow'; ms: number }
  | { do: 'down'; on: boolean }
  | { do: 'namespace'; name: string }
  /** Answers how many CONNECTs have reached a namespace so far. */
  | { do: 'count' };
