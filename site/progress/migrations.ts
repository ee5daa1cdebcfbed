/** A parsed document of any version: own keys only, values not yet checked. */
export type RawDocument = Readonly<Record<string, unknown>>;

/** Makes a document of the next version. Pure: it returns a new object and leaves its input alone. */
export type Migration = (document: RawDocument) => RawDocument;

/** Version 2 counts right answers, and keeps when each attempt was made and how it went. */
const countAttempts: Migration = ({ answers, ...rest }) => ({
  ...rest,
  answers: mapEntries(answers, ({ right, at, ...answer }) => {
    const seconds = Math.floor(Date.parse(String(at)) / 1000);
    const log = Number.isNaN(seconds) ? [] : [[seconds, right === true ? 3 : 1]];
    return { ...answer, right, at, rights: right === true ? 1 : 0, seed: 0, log };
  }),
  interviews: [],
});

/** Version 3 knows labs. */
const addLabs: Migration = (document) => ({ labs: {}, ...document });

/** Changes each entry of an object of objects; whatever else it is stays as it was, for the parser to judge. */
function mapEntries(value: unknown, change: (entry: RawDocument) => RawDocument): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([id, entry]) => [
      id,
      typeof entry === 'object' && entry !== null ? change(entry as RawDocument) : entry,
    ]),
  );
}

/**
 * `MIGRATIONS.get(n)` lifts a document from version n to n + 1. A step is never edited once it has
 * been released: readers come back after years.
 */
export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map([
  [1, countAttempts],
  [2, addLabs],
]);

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
