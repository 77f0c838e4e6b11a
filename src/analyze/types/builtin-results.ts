/** Types of what builtin functions give. Used by `evaluate.ts`. */
import type { Call, Expr } from "../../parser/ast.js";
import type { CountedRange } from "../counted-range.js";
import { absolute, negate } from "./operators.js";
import { BYTE, hull, type Range, SIZE } from "./range.js";
import {
  type Atom,
  type BuiltinType,
  intIn,
  isJust,
  isWithin,
  joinAll,
  just,
  type Known,
  type Type,
  tupleOf,
  tupleOfAny,
  unsure,
} from "./type.js";

/** What evaluating the arguments needs. */
export interface Arguments {
  readonly call: Call;
  readonly type: (node: Expr) => Type;
  /** What iterating over the argument gives. */
  readonly element: (node: Expr) => Type;
  /** A container that this very call makes, holding what it is given. */
  readonly made: (kind: "list" | "set" | "dict" | "frozenset", value: Type, key?: Type) => Type;
}

type Rule = (args: Arguments, first: Expr | undefined) => Type;

/** Builtins whose result always has this type, or else raise. */
const FIXED: Readonly<Record<string, BuiltinType>> = {
  bin: "str",
  bool: "bool",
  bytearray: "bytearray",
  bytes: "bytes",
  callable: "bool",
  chr: "str",
  delattr: "None",
  float: "float",
  hasattr: "bool",
  hash: "int",
  hex: "str",
  id: "int",
  input: "str",
  int: "int",
  isinstance: "bool",
  issubclass: "bool",
  oct: "str",
  print: "None",
  range: "range",
  repr: "str",
  setattr: "None",
  str: "str",
};

const isPlain = ({ args, keywords }: Call): boolean =>
  keywords.length === 0 && !args.some((arg) => arg.kind === "Starred");

const numbers: ReadonlySet<Atom> = new Set<Atom>(["int", "float", "bool"]);

const RULES: Readonly<Record<string, Rule>> = {
  abs: ({ type }, first) => (first === undefined ? null : absolute(type(first))),
  len: ({ type }, first) => intIn(first === undefined ? SIZE : sizeOf(type(first))),
  ord: () => intIn({ low: 0, high: 0x10ffff }),
  min: (args) =>
    extreme(args, (a, b) => ({ low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) })),
  max: (args) =>
    extreme(args, (a, b) => ({ low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) })),
  round: ({ call, type }, first) =>
    first === undefined || !isWithin(type(first), numbers)
      ? null
      : call.args.length === 1
        ? just("int", { sure: type(first)?.sure === true })
        : null,
  sum: ({ call, element }, first) => {
    const item = first === undefined || call.args.length > 1 ? null : element(first);
    if (item === null) return null;
    if (isJust(item, "int")) return just("int", { sure: item.sure });
    // The sum of nothing is the int 0.
    return isWithin(item, numbers) ? unsure(joinAll([just("int"), item, negate(item)])) : null;
  },
  list: ({ element, made }, first) =>
    made("list", first === undefined ? joinAll([]) : element(first)),
  sorted: ({ element, made }, first) => made("list", first === undefined ? null : element(first)),
  set: ({ element, made }, first) =>
    made("set", first === undefined ? joinAll([]) : element(first)),
  frozenset: ({ element, made }, first) =>
    made("frozenset", first === undefined ? joinAll([]) : element(first)),
  dir: ({ made }) => made("list", just("str")),
  dict: ({ call, type, made }, first) => {
    if (first !== undefined) return made("dict", null, null);
    const values = call.keywords.map(({ arg, value }) => (arg === null ? null : type(value)));
    return made("dict", joinAll(values), call.keywords.length > 0 ? just("str") : joinAll([]));
  },
  tuple: ({ type, element }, first) => {
    if (first === undefined) return tupleOf([]);
    const whole = type(first);
    return isJust(whole, "tuple") ? whole : tupleOfAny(element(first));
  },
  divmod: ({ type, call }) => {
    const [a, b] = call.args.map(type);
    const ints = a !== undefined && b !== undefined && isJust(a, "int") && isJust(b, "int");
    return ints ? tupleOf([just("int", { sure: a.sure }), just("int", { sure: b.sure })]) : null;
  },
};

/** Null: nothing known. */
export function builtinResult(name: string, args: Arguments): Type {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule !== undefined) {
    const [first] = args.call.args;
    const isSpread = args.call.args.some((arg) => arg.kind === "Starred");
    return isSpread && name !== "len" ? null : rule(args, first);
  }
  const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
  return fixed === undefined ? null : just(fixed);
}

function extreme({ call, type }: Arguments, combine: (a: Range, b: Range) => Range): Type {
  if (call.args.length < 2 || !isPlain(call)) return null;
  const types = call.args.map(type);
  const all = joinAll(types);
  if (all === null || !isJust(all, "int")) return all;
  const ranges = types.flatMap((one) => (one?.range ? [one.range] : []));
  const [first, ...rest] = ranges;
  return first === undefined ? all : all.with({ range: rest.reduce(combine, first) });
}

/** How long the value can be. */
function sizeOf(type: Type): Range {
  const each = isJust(type, "tuple") && type.sure ? (type.tuple?.each ?? null) : null;
  return each === null ? SIZE : { low: each.length, high: each.length };
}

/** What iterating over the value gives. */
export function elementOf(whole: Type): Type {
  if (whole === null || whole.size === 0) return whole;
  const parts = [...whole].map((atom) => elementOfAtom(atom, whole));
  const all = joinAll(parts);
  return whole.sure ? all : unsure(all);
}

function elementOfAtom(atom: Atom, whole: Known): Type {
  switch (atom) {
    case "str":
      return just("str");
    case "bytes":
    case "bytearray":
      return intIn(BYTE);
    case "range":
      return just("int");
    case "tuple":
      return whole.tuple?.any ?? null;
    case "list":
    case "set":
    case "frozenset":
      return whole.cells.get(atom)?.value ?? null;
    case "dict":
      return whole.cells.get("dict")?.key ?? null;
    case "None":
      return joinAll([]);
    default:
      return null;
  }
}

/** The ints that `range(...)` goes through. */
export function rangeElements({ call, type }: Arguments): Type {
  if (!isPlain(call)) return just("int");
  const ranges = call.args.map((arg) => type(arg)?.range ?? null);
  const sure = call.args.every((arg) => type(arg)?.sure === true);
  const [a, b, c] = ranges;
  if (a == null || (call.args.length > 1 && b == null) || (call.args.length > 2 && c == null)) {
    return just("int");
  }
  const [start, stop] = b == null ? [{ low: 0, high: 0 }, a] : [a, b];
  const all = hull(start, stop);
  return intIn({ low: all.low, high: Math.max(all.high, all.low) }).with({ sure });
}

/** What the variable of a counting loop holds: the start, and what adding the step to it gives. */
export function countedElements({ start, stop }: CountedRange, type: (node: Expr) => Type): Type {
  const from = start === null ? intIn({ low: 0, high: 0 }) : type(start);
  // An int, as far as anybody can tell; a float goes on as one.
  if (from === null) return unsure(just("int"));
  if (!isJust(from, "int")) return isJust(from, "float") ? from : null;
  const end = type(stop);
  const isKnown = isJust(end, "int") && (end.sure || !from.sure);
  if (from.range === null || !isKnown || end.range === null) {
    return just("int").with({ sure: from.sure });
  }
  return intIn(hull(from.range, end.range)).with({ sure: from.sure });
}
