/**
 * Types of what methods of builtin types give, and what they put into the container they are called
 * on. Used by `evaluate.ts`, `call-binding.ts` and `doubts.ts`.
 */
import type { Call } from "../../parser/ast.js";
import type { TYPE_METHODS } from "../tables/runtime-signatures.js";
import { elementOf } from "./builtin-results.js";
import { ownRow } from "./own-row.js";
import { SIZE } from "./range.js";
import {
  type Atom,
  anyOf,
  type BuiltinType,
  intIn,
  join,
  just,
  type Known,
  type Type,
  tupleOf,
} from "./type.js";

const FOUND = { low: -1, high: SIZE.high };

type Result = (whole: Known, args: MethodArguments) => Type;

export interface MethodArguments {
  readonly call: Call;
  readonly argument: (index: number) => Type;
  readonly made: (kind: "list" | "set" | "dict", value: Type, key?: Type) => Type;
}

const of =
  (...atoms: readonly Atom[]): Result =>
  () =>
    anyOf(...atoms);
const size: Result = () => intIn(SIZE);
const position: Result = () => intIn(FOUND);
/** A container of the same kind with the same contents. */
const same: Result = (whole) => whole;

/** Nothing is known of the result: what the value holds may get out of sight through it. */
const unknown: Result = () => null;

const words: Result = (_whole, { made }) => made("list", just("str"));
const chunks: Result = (_whole, { made }) => made("list", just("bytes"));
const thirds = (atom: BuiltinType): Result => {
  const part = just(atom);
  return () => tupleOf([part, part, part]);
};

/** What the methods of text give that is not text. */
const TEXT = {
  count: size,
  endswith: of("bool"),
  find: position,
  index: size,
  isalpha: of("bool"),
  isdigit: of("bool"),
  islower: of("bool"),
  isspace: of("bool"),
  isupper: of("bool"),
  rfind: position,
  rindex: size,
  startswith: of("bool"),
};

const textOf = (atom: "str" | "bytes" | "bytearray") => {
  const text = of(atom);
  return {
    ...TEXT,
    ...{ center: text, format: text, join: text, lower: text, lstrip: text, replace: text },
    ...{ rstrip: text, strip: text, upper: text },
    partition: thirds(atom),
    rpartition: thirds(atom),
  };
};

const rest = of("bytearray", "bytes");
const decoding = { decode: of("str"), hex: of("str") };

const value =
  (kind: "list" | "set" | "dict" | "frozenset"): Result =>
  (whole) =>
    whole.cells.get(kind)?.value ?? null;
const key: Result = (whole) => whole.cells.get("dict")?.key ?? null;

/** Of sets that are not changed. */
const RELATIONS = {
  copy: same,
  difference: unknown,
  intersection: unknown,
  isdisjoint: of("bool"),
  issubset: of("bool"),
  issuperset: of("bool"),
  symmetric_difference: unknown,
  union: unknown,
};

type Results = {
  readonly [T in keyof typeof TYPE_METHODS]: {
    readonly [M in keyof (typeof TYPE_METHODS)[T]]: Result;
  };
};

const RESULTS: Results = {
  str: {
    ...textOf("str"),
    encode: of("bytes"),
    rsplit: words,
    split: words,
    splitlines: words,
  },
  bytes: {
    ...textOf("bytes"),
    ...decoding,
    rsplit: chunks,
    split: chunks,
    splitlines: chunks,
  },
  bytearray: {
    ...textOf("bytearray"),
    ...decoding,
    // Where nothing is left, they give bytes.
    ...{ lstrip: rest, partition: unknown, rpartition: unknown, rstrip: rest, strip: rest },
    append: of("None"),
    extend: of("None"),
    rsplit: unknown,
    split: unknown,
    splitlines: unknown,
  },
  int: { to_bytes: of("bytes") },
  list: {
    append: of("None"),
    clear: of("None"),
    copy: same,
    count: size,
    extend: of("None"),
    index: size,
    insert: of("None"),
    pop: value("list"),
    remove: of("None"),
    reverse: of("None"),
    sort: of("None"),
  },
  tuple: { count: size, index: size },
  dict: {
    clear: of("None"),
    copy: same,
    get: (whole, { call, argument }) =>
      join(value("dict")(whole, null as never), call.args.length > 1 ? argument(1) : just("None")),
    // What they give is followed where it is gone through: `viewElement`.
    items: unknown,
    keys: unknown,
    pop: (whole, { call, argument }) => {
      const found = value("dict")(whole, null as never);
      return call.args.length > 1 ? join(found, argument(1)) : found;
    },
    popitem: unknown,
    setdefault: (whole, { call, argument }) =>
      join(value("dict")(whole, null as never), call.args.length > 1 ? argument(1) : just("None")),
    update: of("None"),
    values: unknown,
  },
  set: {
    ...RELATIONS,
    add: of("None"),
    clear: of("None"),
    difference_update: of("None"),
    discard: of("None"),
    intersection_update: unknown,
    pop: value("set"),
    remove: of("None"),
    symmetric_difference_update: unknown,
    update: of("None"),
  },
  frozenset: RELATIONS,
};

/** What a method of a builtin type gives; null where nothing is known. */
export function methodResult(atom: Atom, name: string, whole: Known, args: MethodArguments): Type {
  return rowOf(atom, name)?.(whole, args) ?? null;
}

function rowOf(atom: Atom, name: string): Result | null {
  const rows: Readonly<Record<string, Result>> | null =
    typeof atom === "string" ? ownRow<Readonly<Record<string, Result>>>(RESULTS, atom) : null;
  return rows === null ? null : ownRow(rows, name);
}

/** What iterating over `d.items()` and its like gives; null where it is no view of a dict. */
export function viewElement(whole: Type, name: string): Type {
  if (whole === null || !whole.cells.has("dict")) return null;
  switch (name) {
    case "items":
      // Pairs they certainly are, whatever they hold.
      return tupleOf([key(whole, null as never), value("dict")(whole, null as never)]);
    case "keys":
      return key(whole, null as never);
    case "values":
      return value("dict")(whole, null as never);
    default:
      return null;
  }
}

type Put = (whole: Known, args: MethodArguments) => void;

/** Methods that put what they are given into the containers they are called on. */
const PUTS: Readonly<Record<string, Put>> = {
  append: (whole, { argument }) => whole.cells.get("list")?.put(argument(0)),
  insert: (whole, { argument }) => whole.cells.get("list")?.put(argument(1)),
  extend: (whole, { argument }) => whole.cells.get("list")?.put(elementOf(argument(0))),
  add: (whole, { argument }) => whole.cells.get("set")?.put(argument(0)),
  update: (whole, { call, argument }) => {
    const from = argument(0)?.cells.get("dict");
    if (call.args.length > 0) {
      whole.cells.get("dict")?.put(from?.value ?? null, from?.key ?? null);
    }
    if (call.keywords.length > 0) whole.cells.get("dict")?.put(null, null);
    for (const index of call.args.keys()) whole.cells.get("set")?.put(elementOf(argument(index)));
  },
  setdefault: (whole, { call, argument }) =>
    whole.cells.get("dict")?.put(call.args.length > 1 ? argument(1) : just("None"), argument(0)),
};

export function putByMethod(name: string, whole: Known, args: MethodArguments): void {
  ownRow(PUTS, name)?.(whole, args);
}

/** Whether the types show what becomes of what such a method is given. */
export const isPut = (name: string): boolean => Object.hasOwn(PUTS, name);

const CONTAINERS = ["list", "dict", "set"] as const;
const VIEWS: ReadonlySet<string> = new Set(["items", "keys", "values"]);

/** Whether the types show what such a method of a list, dict or set gives. */
export function isFollowed(name: string): boolean {
  return VIEWS.has(name) || CONTAINERS.some((kind) => (rowOf(kind, name) ?? unknown) !== unknown);
}
