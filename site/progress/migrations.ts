/** A parsed document of any version: own keys only, values not yet checked. */
export type RawDocument = Readonly<Record<string, unknown>>;

/** Makes a document of the next version. Pure: it returns a new object and leaves its input alone. */
export type Migration = (document: RawDocument) => RawDocument;

/**
 * `MIGRATIONS.get(n)` lifts a document from version n to n + 1. A step is never edited once it has
 * been released: readers come back after years. Version 1 is the first, so there is none yet.
 */
export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map();

/** Lifts `document` from its version to `target`, step by step; throws when a step is missing. */
export function migrate(
  document: RawDocument,
  from: number,
  target: number,
  steps: ReadonlyMap<number, Migration> = MIGRATIONS,
): RawDocument {
  let current = document;
  for (let version = from; version < target; version += 1) {
    const step = steps.get(version);
    if (step === undefined) throw new Error(`no migration from version ${version}`);
    current = { ...step(current), version: version + 1 };
  }
  return current;
}
