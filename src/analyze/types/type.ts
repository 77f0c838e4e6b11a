/**
 * What is known of a value: null for anything, else the types it may have, with the interval of
 * ints and the contents of containers. The type without alternatives is that of a value nobody
 * makes (while inferring: of one that has not been looked at yet).
 */
import type { ClassDef } from "../../parser/ast.js";
import type { Cell } from "./cell.js";
import { ANY_INT, hull, isSame, type Range, widen } from "./range.js";

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

/** Types whose values hold others and can change. */
export type Mutable = "list" | "dict" | "set" | "frozenset";

/** What is known of the items of tuples. */
export interface TupleItems {
  /** One by one, where all the tuples are of this length. */
  readonly each: readonly Type[] | null;
  /** Of any of them. */
  readonly any: Type;
}

export interface Details {
  /** Of ints; null where there are none. */
  readonly range?: Range | null;
  readonly cells?: ReadonlyMap<Mutable, Cell>;
  readonly tuple?: TupleItems | null;
  /**
   * False where an annotation says so, which nothing enforces, or the contents of a container do, unless
   * TypeScript tells such values apart.
   */
  readonly sure?: boolean;
  /**
   * False where TypeScript around the program may give a tuple in place of a list, or the like: what it
   * holds is known all the same.
   */
  readonly exact?: boolean;
}

const NO_CELLS: ReadonlyMap<Mutable, Cell> = new Map();

export class Known {
  readonly range: Range | null;
  readonly cells: ReadonlyMap<Mutable, Cell>;
  readonly tuple: TupleItems | null;
  readonly sure: boolean;
  readonly exact: boolean;

  constructor(
    private readonly atoms: ReadonlySet<Atom>,
    { range = null, cells = NO_CELLS, tuple = null, sure = true, exact = true }: Details = {},
  ) {
    this.range = atoms.has("int") ? (range ?? ANY_INT) : null;
    this.cells = cells;
    this.tuple = atoms.has("tuple") ? tuple : null;
    this.sure = sure;
    this.exact = exact;
  }

  get size(): number {
    return this.atoms.size;
  }

  has(atom: Atom): boolean {
    return this.atoms.has(atom);
  }

  [Symbol.iterator](): IterableIterator<Atom> {
    return this.atoms.values();
  }

  /** The same, but for some details. */
  with(details: Details): Known {
    const { range, cells, tuple, sure, exact } = this;
    return new Known(this.atoms, { range, cells, tuple, sure, exact, ...details });
  }

  /** The alternatives that `keep` accepts, with what is known of them. */
  only(keep: (atom: Atom) => boolean): Known {
    const atoms = new Set([...this.atoms].filter(keep));
    const cells = new Map([...this.cells].filter(([kind]) => atoms.has(kind)));
    const { range, tuple, sure, exact } = this;
    return new Known(atoms, { range, cells, tuple, sure, exact });
  }

  without(atom: Atom): Known {
    if (!this.atoms.has(atom)) return this;
    const { range, cells, tuple, sure, exact } = this;
    const rest = new Set([...this.atoms].filter((one) => one !== atom));
    return new Known(rest, { range, cells, tuple, sure, exact });
  }
}

export type Type = Known | null;

export const NOTHING: Known = new Known(new Set());
/** Beyond so many alternatives knowing them helps nobody. */
const MAX_ATOMS = 8;
/** Beyond so many, the items of a tuple are no record. */
const MAX_ITEMS = 16;
/** Tuples of tuples of tuples. */
const MAX_DEPTH = 3;

export function just(atom: Atom, details: Details = {}): Known {
  return new Known(new Set([atom]), details);
}

export function anyOf(...atoms: readonly Atom[]): Known {
  return new Known(new Set(atoms));
}

export const intIn = (range: Range): Known => just("int", { range });

export function tupleOf(items: readonly Type[]): Known {
  const flat = items.map((item) => shallow(item, MAX_DEPTH));
  return just("tuple", {
    tuple: { each: flat.length > MAX_ITEMS ? null : flat, any: joinAll(flat) },
    sure: true,
  });
}

/** A tuple of any length. */
export function tupleOfAny(item: Type, sure = true): Known {
  return just("tuple", { tuple: { each: null, any: shallow(item, MAX_DEPTH) }, sure });
}

function shallow(type: Type, depth: number): Type {
  const items = type?.tuple ?? null;
  if (type === null || items === null) return type;
  if (depth === 0) return type.with({ tuple: null });
  return type.with({
    tuple: {
      each: items.each?.map((item) => shallow(item, depth - 1)) ?? null,
      any: shallow(items.any, depth - 1),
    },
  });
}

export function unsure(type: Type): Type {
  return type === null || !type.sure || type.size === 0 ? type : type.with({ sure: false });
}

/** See `Details.exact`. */
export function inexact(type: Type): Type {
  return type === null || !type.exact ? type : type.with({ exact: false });
}

/** Types that no value of another Python type has in TypeScript. */
const TOLD_APART: ReadonlySet<Atom> = new Set(["None", "bool", "bytearray", "bytes", "str"]);

/** Nothing but what TypeScript tells apart: instances of classes, strings, bytes and the like. */
export function isToldApart(type: Type): boolean {
  return (
    type !== null &&
    [...type].every(
      (atom) => typeof atom !== "string" || TOLD_APART.has(atom) || isRuntimeClass(atom),
    )
  );
}

/** The type where it is certain, else null: what native operators may rely on. */
export function certain(type: Type): Type {
  return type === null || (type.sure && type.exact) ? type : null;
}

export function join(a: Type, b: Type, widening = false): Type {
  if (a === null || b === null) return open(a ?? b);
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  const atoms = [...b].some((atom) => !a.has(atom)) ? new Set([...a, ...b]) : null;
  if (atoms !== null && atoms.size > MAX_ATOMS) {
    open(a);
    return open(b);
  }
  const range = joinRanges(a.range, b.range, widening);
  const cells = joinCells(a.cells, b.cells);
  const tuple = joinTuples(a, b, widening);
  const sure = a.sure && b.sure;
  const exact = a.exact && b.exact;
  const same =
    atoms === null &&
    range === a.range &&
    cells === a.cells &&
    tuple === a.tuple &&
    sure === a.sure &&
    exact === a.exact;
  return same ? a : new Known(atoms ?? new Set(a), { range, cells, tuple, sure, exact });
}

/** What the containers hold, and what those hold, may not be all: see `doubts.ts`. */
export function doubt(type: Type): void {
  for (const cell of type?.cells.values() ?? []) cell.doubt();
  const items = type?.tuple ?? null;
  for (const item of items === null ? [] : (items.each ?? [items.any])) doubt(item);
}

/** Whoever gets hold of the containers now may put anything into them. */
export function open(type: Type): null {
  for (const cell of type?.cells.values() ?? []) cell.put(null, null);
  return null;
}

function joinRanges(a: Range | null, b: Range | null, widening: boolean): Range | null {
  if (a === null || b === null) return a ?? b;
  const both = hull(a, b);
  if (isSame(both, a)) return a;
  return widening ? widen(both) : both;
}

function joinCells(
  a: ReadonlyMap<Mutable, Cell>,
  b: ReadonlyMap<Mutable, Cell>,
): ReadonlyMap<Mutable, Cell> {
  let result: Map<Mutable, Cell> | null = null;
  for (const [kind, cell] of b) {
    const own = a.get(kind);
    if (own === undefined) {
      result ??= new Map(a);
      result.set(kind, cell);
    } else {
      const merged = own.merge(cell);
      if (merged.root() !== own.root()) {
        result ??= new Map(a);
        result.set(kind, merged);
      }
    }
  }
  return result ?? a;
}

function joinTuples(a: Known, b: Known, widening: boolean): TupleItems | null {
  if (!a.has("tuple")) return b.tuple;
  if (!b.has("tuple")) return a.tuple;
  const [x, y] = [a.tuple, b.tuple];
  if (x === null || y === null || x === y) return x === null ? null : y === null ? null : x;
  const any = join(x.any, y.any, widening);
  const sameLength = x.each !== null && y.each !== null && x.each.length === y.each.length;
  const each = sameLength
    ? (x.each?.map((item, i) => join(item, y.each?.[i] as Type, widening)) ?? null)
    : null;
  const same =
    any === x.any &&
    (each === null ? x.each === null : each.every((item, i) => item === x.each?.[i]));
  return same ? x : { each, any };
}

export function joinAll(types: Iterable<Type>): Type {
  let result: Type = NOTHING;
  for (const type of types) {
    result = join(result, type);
  }
  return result;
}

/** All alternatives are among `atoms`; false for anything and for nothing. */
export function isWithin(type: Type, atoms: ReadonlySet<Atom>): boolean {
  return type !== null && type.size > 0 && [...type].every((atom) => atoms.has(atom));
}

declare const ONLY: unique symbol;

/** It has one alternative, and that is `atom`. */
export function isJust(type: Type, atom: Atom): type is Known & { readonly [ONLY]: true } {
  return type !== null && type.size === 1 && type.has(atom);
}

export function isRuntimeClass(atom: Atom): atom is RuntimeClassName {
  return typeof atom === "string" && atom.includes(".");
}
