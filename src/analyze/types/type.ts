/**
 * What is known of a value: null for anything, else the set of types it may have. An empty set is
 * that of a value nobody makes (while inferring: of one that has not been looked at yet).
 */
import type { ClassDef } from "../../parser/ast.js";

export type BuiltinType =
  | "None"
  | "bool"
  | "int"
  | "float"
  | "str"
  | "bytes"
  | "bytearray"
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "frozenset"
  | "range";

/** A class of a runtime module: "machine.Pin". */
export type RuntimeClassName = `${string}.${string}`;

/** A class stands for its instances and those of its subclasses. */
export type Atom = BuiltinType | RuntimeClassName | ClassDef;

export type Type = ReadonlySet<Atom> | null;

export const NOTHING: Type = new Set();
/** Beyond so many alternatives knowing them helps nobody. */
const MAX_ATOMS = 8;

export function just(atom: Atom): Type {
  return new Set([atom]);
}

export function join(a: Type, b: Type): Type {
  if (a === null || b === null) {
    return null;
  }
  if (b.size === 0 || a === b) {
    return a;
  }
  if (a.size === 0) {
    return b;
  }
  let result: Set<Atom> | null = null;
  for (const atom of b) {
    if (!a.has(atom)) {
      result ??= new Set(a);
      result.add(atom);
    }
  }
  return result === null ? a : result.size > MAX_ATOMS ? null : result;
}

export function joinAll(types: Iterable<Type>): Type {
  let result = NOTHING;
  for (const type of types) {
    result = join(result, type);
  }
  return result;
}

/** All alternatives are among `atoms`; false for anything and for nothing. */
export function isWithin(type: Type, atoms: ReadonlySet<Atom>): boolean {
  return type !== null && type.size > 0 && [...type].every((atom) => atoms.has(atom));
}

export function isRuntimeClass(atom: Atom): atom is RuntimeClassName {
  return typeof atom === "string" && atom.includes(".");
}
