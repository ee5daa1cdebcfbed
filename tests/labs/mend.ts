// A mend that looks right and is not. Its title is a proof that pages may name.
import type { Variant } from '../support/example.ts';

export interface Mend {
  title: string;
  /** What is changed in fixed.ts, or in the file that is named. */
  variant: Variant;
}

export const mend = (title: string, variant: Variant): Mend => ({ title, variant });
