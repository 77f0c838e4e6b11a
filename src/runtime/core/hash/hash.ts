/** `hash(x)`. Dicts and sets have keys of their own (dict-key.ts); programs see this one. */

import { identity } from "../class/identity.js";
import { isBoundMethod } from "../class/method.js";
import { typeName } from "../class/type.js";
import { TypeError } from "../exception/exceptions.js";
import { asInt } from "../number/numbers.js";
import { unary } from "../operator/unary.js";
import { NATIVE, UNARY } from "../slots.js";
import { FUNC, INSTANCE, isTuple, SELF, type Value } from "../values.js";
import { hashInt } from "./hash-number.js";
import { hashString } from "./hash-text.js";

export function hash(value: Value): Value {
  if (typeof value === "string") return hashString(value);
  if (isBoundMethod(value)) return identity(value[SELF]) ^ identity(value[FUNC]);
  if (typeof value === "function" || value === null) return identity(value);
  if (Array.isArray(value)) {
    if (!isTuple(value)) throw unhashable(value);
    let sum = EMPTY_TUPLE;
    for (const item of value) sum = (sum + Number(hash(item))) | 0;
    return sum;
  }
  const told = unary("__hash__", value);
  if (told !== undefined) return hashInt(asInt(told));
  if (value[UNARY] !== undefined) throw unhashable(value);
  if (NATIVE in value) return hash(value[NATIVE]);
  // A class that defines `__eq__` alone has no hash.
  if (value[INSTANCE] === true && typeof value.__eq__ === "function") throw unhashable(value);
  return identity(value);
}

const EMPTY_TUPLE = 0x18474;

function unhashable(value: Value): TypeError {
  return new TypeError(`unsupported type for __hash__: '${typeName(value)}'`);
}
