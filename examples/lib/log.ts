// Copy this too: one JSON line for each security event. Give it codes and ids, never a credential.

/** Writes `{"event":…,"time":…,…fields}` on standard output. `null` stands for what is not known. */
export function log(event: string, fields: Record<string, string | null>): void {
  console.log(JSON.stringify({ event, time: new Date().toISOString(), ...fields }));
}
