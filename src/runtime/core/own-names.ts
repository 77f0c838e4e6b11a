/** Which attributes an object has of its own, as `dir` and `__dict__` show them. */

import { unmangle, type Value } from "./values.js";

/** Without what the drivers of the runtime keep under names that no program can write (`$line`). */
export function ownNames(o: Value): string[] {
  const keys = Object.keys(o).filter((key) => !key.startsWith("$") && o[key] !== undefined);
  return keys.map(unmangle);
}
