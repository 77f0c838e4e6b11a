/**
 * `__build_class__`, which MicroPython calls for each class statement. Emitted code makes its classes
 * itself and hands them to `built` only where the program may have replaced that function.
 */
import { call } from "../call/call.js";
import { def } from "../call/signature.js";
import { Dict } from "../container/dict.js";
import { replacedBuiltins } from "../module/replaced-builtins.js";
import { tup, type Value } from "../values.js";
import { loadClassAttribute } from "./class-attributes.js";
import { PyObject } from "./object.js";
import { infoOf, type Type, type TypeInfo } from "./type.js";
import { type } from "./type-type.js";

/** On the function that stands for a class body: the class that the body has made. */
const MADE: unique symbol = Symbol("made");

/** What a class statement binds. */
export function built(cls: Type): Value {
  const replaced = replacedBuiltins().get("__build_class__");
  if (replaced === undefined) return cls;
  const { name } = infoOf(cls) as TypeInfo;
  const body: Value = def(() => null, "/", name);
  body[MADE] = cls;
  return call(replaced, body, name, ...basesOf(cls));
}

/** As they stand in the class statement, but for `object`. */
function basesOf(cls: Type): Value[] {
  return (infoOf(cls)?.bases ?? []).filter((base) => base !== PyObject);
}

/** `__build_class__(body, name, *bases)`: the class, made anew where it was given other bases. */
export const __build_class__: Value = def(function __build_class__(
  body: Value,
  name: Value,
  ...bases: Value[]
): Value {
  const made: Type | undefined = body[MADE];
  if (made === undefined) {
    call(body);
    return type(name, tup(...bases), new Dict());
  }
  const given = basesOf(made);
  const isSame = given.length === bases.length && given.every((base, i) => base === bases[i]);
  if (isSame && infoOf(made)?.name === name) return made;
  return type(name, tup(...bases), loadClassAttribute(made, "__dict__", made));
}, "func, name, *bases, /");
