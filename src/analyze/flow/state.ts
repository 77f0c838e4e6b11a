/** What is known at one point of the code: the bindings that are surely bound there. */
import type { BindingRecord } from "../records.js";

export type State = Set<BindingRecord>;

/** What is known where two ways meet; null is a way that is not taken. */
export function join(a: State | null, b: State | null): State | null {
  if (a === null || b === null) return a ?? b;
  const result: State = new Set();
  for (const binding of a) {
    if (b.has(binding)) result.add(binding);
  }
  return result;
}
