/** Which attributes an object has of its own, as `dir` and `__dict__` show them. */

import { unmangle, type Value } from "../values.js";

export function ownNames(o: Value): string[] {
  const keys = Object.keys(o).filter((key) => isSeen(key) && o[key] !== undefined);
  return keys.map(unmangle);
}

/** What the classes of the runtime keep for themselves has a name that no program can write (`$line`). */
export function isSeen(key: string): boolean {
  return !key.startsWith("$");
}
