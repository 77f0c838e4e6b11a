/** Operators, hash and printing of sets; set.ts calls them from its slots. */

import { hash } from "../hash/hash.js";
import { repr } from "../repr.js";
import type { BinaryOp } from "../slots.js";
import type { Value } from "../values.js";
import type { PySet } from "./set.js";
import { asSet, difference, intersection, isSubset, symmetricDifference } from "./set-type.js";

export function setBinary(self: PySet, op: BinaryOp, right: Value): Value | undefined {
  if (op === "__contains__") return self.has(right);
  const other = asSet(right);
  if (other === undefined) return undefined;
  switch (op) {
    case "__or__":
      return union(self.copy(), other);
    case "__xor__":
      return symmetricDifference(self.copy(), other);
    case "__and__":
      return self === other ? self.copy() : intersection(self, other);
    case "__sub__":
      return difference(self.copy(), other);
    case "__ior__":
      return self.frozen ? undefined : union(self, other);
    case "__ixor__":
      return symmetricDifference(self.frozen ? self.copy() : self, other);
    case "__iand__":
      if (self.frozen) return intersection(self, other);
      self.become(intersection(self, other));
      return self;
    case "__isub__":
      return difference(self.frozen ? self.copy() : self, other);
    case "__lt__":
      return self.size !== other.size && isSubset(self, other);
    case "__gt__":
      return self.size !== other.size && isSubset(other, self);
    case "__le__":
      return isSubset(self, other);
    case "__ge__":
      return isSubset(other, self);
    case "__eq__":
      return self.size === other.size && isSubset(self, other);
    default:
      return undefined;
  }
}

function union(self: PySet, other: PySet): PySet {
  for (const item of other) self.add(item);
  return self;
}

export function setHash(self: PySet): number {
  let sum = 0x1f2e;
  for (const item of self) sum = (sum + Number(hash(item))) | 0;
  return sum;
}

export function setText(self: PySet): string {
  if (self.size === 0) return self.frozen ? "frozenset()" : "set()";
  const text = `{${[...self].map(repr).join(", ")}}`;
  return self.frozen ? `frozenset(${text})` : text;
}
