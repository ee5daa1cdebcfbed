// Copy this too: one JSON line for each security event. Give it codes and ids, never a credential.

/** Writes `{"event":…,"time":…,…fields}` on standard output. What is not known becomes `null`. */
export function log(event: string, fields: Record<string, string | undefined>): void {
  const entry = { event, time: new Date().toISOString(), ...fields };
  console.log(JSON.stringify(entry, (_key, value) => value ?? null));
}
