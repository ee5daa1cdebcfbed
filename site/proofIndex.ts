/** The proofs of this project, read once a build; anew on each page while developing. */
import { type Proof, readProofs } from './proofs.ts';
import { root } from './source.ts';

let index: Map<string, Proof> | undefined;

export function proofIndex(): Map<string, Proof> {
  if (!index || import.meta.env.DEV) index = readProofs(root);
  return index;
}
