/**
 * Types of what methods of builtin types give, and what they put into the container they are called
 * on. Used by `evaluate.ts`, `call-binding.ts` and `doubts.ts`.
 */
import type { Call } from "../../parser/ast.js";
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

const words: Result = (_whole, { made }) => made("list", just("str"));
const chunks: Result = (_whole, { made }) => made("list", just("bytes"));
const thirds = (atom: BuiltinType): Result => {
  const part = just(atom);
  return () => tupleOf([part, part, part]);
};

const TEXT: Readonly<Record<string, Result>> = {
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

const STRINGS = "center format join lower lstrip replace rstrip strip upper".split(" ");
const textOf = (atom: BuiltinType): Readonly<Record<string, Result>> =>
  Object.fromEntries(STRINGS.map((name) => [name, of(atom)]));

const value =
  (kind: "list" | "set" | "dict" | "frozenset"): Result =>
  (whole) =>
    whole.cells.get(kind)?.value ?? null;
const key: Result = (whole) => whole.cells.get("dict")?.key ?? null;

export const METHOD_RESULTS: Readonly<
  Partial<Record<BuiltinType, Readonly<Record<string, Result>>>>
> = {
  str: {
    ...TEXT,
    ...textOf("str"),
    encode: of("bytes"),
    partition: thirds("str"),
    rpartition: thirds("str"),
    rsplit: words,
    split: words,
    splitlines: words,
  },
  bytes: {
    ...TEXT,
    ...textOf("bytes"),
    decode: of("str"),
    hex: of("str"),
    partition: thirds("bytes"),
    rsplit: chunks,
    split: chunks,
  },
  bytearray: { append: of("None"), decode: of("str"), extend: of("None"), hex: of("str") },
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
  dict: {
    clear: of("None"),
    copy: same,
    get: (whole, { call, argument }) =>
      join(value("dict")(whole, null as never), call.args.length > 1 ? argument(1) : just("None")),
    pop: (whole, { call, argument }) => {
      const found = value("dict")(whole, null as never);
      return call.args.length > 1 ? join(found, argument(1)) : found;
    },
    setdefault: (whole, { call, argument }) =>
      join(value("dict")(whole, null as never), call.args.length > 1 ? argument(1) : just("None")),
    update: of("None"),
  },
  set: { add: of("None"), clear: of("None"), copy: same, discard: of("None"), pop: value("set") },
};

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
    whole.cells.get("set")?.put(elementOf(argument(0)));
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
  return (
    VIEWS.has(name) || CONTAINERS.some((kind) => Object.hasOwn(METHOD_RESULTS[kind] ?? {}, name))
  );
}
