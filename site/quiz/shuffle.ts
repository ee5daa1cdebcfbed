/** A 32-bit number that fixes one order: kept with an attempt, so that the attempt can be shown again as it was. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** Numbers in [0, 1) that follow from a seed (xorshift32: Marsaglia, Xorshift RNGs, 2003). */
function numbers(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1; // zero would stay zero
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The list in the order of a seed: each order is as likely as any other (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const next = numbers(seed);
  const result = [...list];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** As `shuffled`, but never the order that the list has: the steps of a question would stand right. */
export function displaced<T>(list: readonly T[], seed: number): T[] {
  const result = shuffled(list, seed);
  const same = result.every((item, index) => item === list[index]);
  return same && list.length > 1 ? [...result.slice(1), ...result.slice(0, 1)] : result;
}
