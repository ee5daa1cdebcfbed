/** What a test may order a steered example to do. The answer is `{done: n, value}`. */
export type Order =
  /** Answers the id of a new member, whose name is that id. */
  | { do: 'user' }
  | { do: 'remove'; id: string }
  | { do: 'disable'; id: string }
  | { do: 'demote'; id: string }
  | { do: 'vanish'; id: string }
  | { do: 'slow'; ms: number }
  | { do: 'down'; on: boolean }
  | { do: 'namespace'; name: string }
  /** Answers how many CONNECTs have reached a namespace so far. */
  | { do: 'count' }
  /** Answers the URL of every request so far: what a proxy's access log holds. */
  | { do: 'urls' }
  /** Answers how many passwords have been hashed so far. */
  | { do: 'hashes' }
  /** The session store answers `ms` later from now on, or fails. */
  | { do: 'store'; ms?: number; down?: boolean }
  /** Answers the ids of all sessions in the store. */
  | { do: 'sessions' }
  /** Changes these fields in each stored session, as another process would; answers the sessions. */
  | { do: 'session'; set: Record<string, unknown> }
  /** Deletes all sessions from the store, announced by nobody. */
  | { do: 'forget' };
