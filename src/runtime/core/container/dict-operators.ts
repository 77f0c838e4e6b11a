/** Operators and printing of dicts; dict.ts calls them from its slots. */

import { typeName } from "../class/type.js";
import { equal } from "../operator/compare.js";
import { repr } from "../repr.js";
import type { BinaryOp } from "../slots.js";
import type { Value } from "../values.js";
import type { Dict } from "./dict.js";
import { asDict, copyDict, update } from "./dict-type.js";

export function dictBinary(self: Dict, op: BinaryOp, right: Value): Value | undefined {
  switch (op) {
    case "__contains__":
      return self.has(right);
    case "__eq__":
      return equalDicts(self, right);
    case "__or__": {
      const made = copyDict(self);
      update(made, right);
      return made;
    }
    case "__ior__":
      update(self, right);
      return self;
    default:
      return undefined;
  }
}

function equalDicts(left: Dict, right: Value): boolean {
  const other = asDict(right);
  if (other === undefined || other.size !== left.size) return false;
  if (left.ordered && other.ordered) {
    const entries = other.entries();
    for (const [key, value] of left.entries()) {
      const [otherKey, otherValue] = entries.next().value as [Value, Value];
      if (!equal(key, otherKey) || !equal(value, otherValue)) return false;
    }
    return true;
  }
  for (const [key, value] of left.entries()) {
    const found = other.get(key);
    if (found === undefined || !equal(value, found)) return false;
  }
  return true;
}

export function dictText(self: Dict): string {
  const items = [...self.entries()];
  const text = `{${items.map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(", ")}}`;
  return self.ordered ? `${typeName(self)}(${text})` : text;
}
