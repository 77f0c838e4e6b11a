/**
 * The types that are plain functions, and what is known about each. type.ts asks `typeInfos()`,
 * which is put together at the first request: these files depend on one another in circles.
 */

import { bool, complex, float, int, intMethods, intStatics } from "../../builtins/numbers.js";
import { bytearray, bytes, memoryview, str } from "../../builtins/strings.js";
import { type Callable, def, METHOD, SIGNATURE, signatureText } from "../call/signature.js";
import { dict, dictMethods, fromkeys } from "../container/dict-type.js";
import { list, listMethods } from "../container/list.js";
import { range, rangeAttributes } from "../container/range.js";
import { frozenset, frozensetMethods, set, setMethods } from "../container/set-type.js";
import { tuple, tupleMethods } from "../container/tuple.js";
import { TypeError } from "../exception/exceptions.js";
import { generatorMethods } from "../iteration/generators.js";
import { enumerate, filter, map, reversed, zip } from "../iteration/iterators.js";
import { complexAttributes } from "../number/complex.js";
import { slice, sliceAttributes } from "../operator/slice.js";
import {
  bytearrayMethods,
  bytearrayStatics,
  bytesMethods,
  bytesStatics,
  memoryviewMethods,
} from "../text/bytes-methods.js";
import { strMethods } from "../text/str-methods.js";
import { TYPE, type Value } from "../values.js";
import { classmethod, property, propertyMethods, staticmethod } from "./property.js";
import { superOf } from "./super.js";
import type { Type, TypeInfo } from "./type.js";
import { type } from "./type-type.js";

export { bool, bytearray, bytes, complex, float, int, list, memoryview, str, tuple, type };

// Types that a program meets but cannot call.
export function NoneType(): never {
  throw uncallable("NoneType");
}
export function FunctionType(): never {
  throw uncallable("function");
}
/** Builtin functions are of five types: those that take 0 to 3 arguments, and all others. */
export const builtinFunctionTypes: readonly Type[] = Array.from(
  { length: 5 },
  () =>
    function builtinFunction(): never {
      throw uncallable("function");
    },
);
export function BoundMethod(): never {
  throw uncallable("bound_method");
}
export function Generator(): never {
  throw uncallable("generator");
}
/** The type of generator functions, which has the same name. */
export function GeneratorFunction(): never {
  throw uncallable("generator");
}
export function dict_view(): never {
  throw uncallable("dict_view");
}
export function ellipsisType(): never {
  throw uncallable("");
}
export function notImplementedType(): never {
  throw uncallable("NotImplementedType");
}

function uncallable(name: string): TypeError {
  return new TypeError(`can't create '${name}' instances`);
}

type Details = Omit<TypeInfo, "name" | "bases"> & { bases?: Type[] };

let infos: Map<Type, TypeInfo> | undefined;

/** All of them; each type carries its own under `TYPE` as well once this has been called. */
export function typeInfos(): ReadonlyMap<Type, TypeInfo> {
  if (infos !== undefined) return infos;
  infos = new Map();
  const iterator = { iterator: true };
  add(int, "int", { methods: intMethods, statics: intStatics });
  add(bool, "bool", {});
  add(float, "float", {});
  add(complex, "complex", { attributes: complexAttributes });
  add(str, "str", { methods: strMethods });
  add(bytes, "bytes", { methods: bytesMethods, statics: bytesStatics });
  add(bytearray, "bytearray", { methods: bytearrayMethods, statics: bytearrayStatics });
  add(memoryview, "memoryview", {
    methods: memoryviewMethods,
    attributes: { itemsize: (self: Value) => self.itemsize },
  });
  add(list, "list", { methods: listMethods });
  add(tuple, "tuple", { methods: tupleMethods });
  add(dict, "dict", { methods: dictMethods, statics: { fromkeys } });
  add(set, "set", { methods: setMethods });
  add(frozenset, "frozenset", { methods: frozensetMethods });
  add(range, "range", { attributes: rangeAttributes });
  add(slice, "slice", { attributes: sliceAttributes, abstract: true });
  add(enumerate, "enumerate", iterator);
  add(zip, "zip", iterator);
  add(map, "map", iterator);
  add(filter, "filter", iterator);
  add(reversed, "reversed", iterator);
  add(property, "property", { methods: propertyMethods });
  add(staticmethod, "staticmethod", {});
  add(classmethod, "classmethod", {});
  add(superOf, "super", {});
  add(type, "type", {});
  add(NoneType, "NoneType", { abstract: true });
  add(FunctionType, "function", { abstract: true });
  for (const type of builtinFunctionTypes) add(type, "function", { abstract: true });
  add(BoundMethod, "bound_method", { abstract: true });
  add(Generator, "generator", {
    iterator: true,
    methods: generatorMethods,
    abstract: true,
  });
  add(GeneratorFunction, "generator", { abstract: true });
  add(dict_view, "dict_view", { abstract: true });
  add(ellipsisType, "", { abstract: true });
  add(notImplementedType, "", { abstract: true });
  return infos;
}

function add(type: Type, name: string, details: Details): void {
  const info: TypeInfo = { name, bases: [], ...details };
  if (details.methods !== undefined) info.methods = methodTable(details.methods);
  (infos as Map<Type, TypeInfo>).set(type, info);
  type[TYPE] = info;
}

/** A table without Object's own names in it; its functions know that they take the value first. */
export function methodTable(methods: Readonly<Record<string, Callable>>): Record<string, Callable> {
  const table: Record<string, Callable> = Object.assign(Object.create(null), methods);
  for (const method of Object.values(table) as Value[]) {
    method[METHOD] = true;
    if (method[SIGNATURE] === undefined) {
      method[SIGNATURE] = signatureText(method).replace(/^[^,]*(,\s*|$)/, "");
    }
  }
  // Engines keep what is a prototype in a form that is fast to look up in.
  Object.create(table);
  return table;
}

/** A builtin type of a runtime module: a plain function, its methods taking the value first. */
export function nativeType<F extends Callable>(
  fn: F,
  name: string,
  signature: string,
  details: Details = {},
): F {
  def(fn, signature, name);
  const info: TypeInfo = { name, bases: [], ...details };
  if (details.methods !== undefined) info.methods = methodTable(details.methods);
  (fn as Value)[TYPE] = info;
  return fn;
}
