/** Python's `type`: `type(x)` and `type(name, bases, namespace)`. */

import { def } from "../call/signature.js";
import { asDict } from "../container/dict-type.js";
import { TypeError } from "../exception/exceptions.js";
import { asText } from "../text/strings.js";
import { isTuple, TYPE, type Value } from "../values.js";
import { classOf } from "./class.js";
import { isType, type Type, typeOf } from "./type.js";

export function type(x: Value, bases?: Value, namespace?: Value): Type {
  if (bases === undefined) return typeOf(x);
  if (namespace === undefined) throw new TypeError("type takes 1 or 3 arguments");
  const name = asText(x);
  const members = asDict(namespace);
  if (!isTuple(bases) || members === undefined || !bases.every(isType)) throw new TypeError();
  const made = classOf(name, bases, Object.fromEntries(members.entries()));
  if (members.ordered) made[TYPE].ordered = true;
  return made;
}
def(type, "object, bases=, dict=, /");
