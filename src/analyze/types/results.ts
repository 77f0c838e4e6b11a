/**
 * Types of what operators, builtins and methods of builtin types give. Null where that depends on
 * more than the types of the operands. Used by `evaluate.ts`.
 */
import type { Operator } from "../../parser/ast.js";
import {
  type Atom,
  type BuiltinType,
  isWithin,
  just,
  NOTHING,
  type RuntimeClassName,
  type Type,
} from "./type.js";

const NUMBERS: ReadonlySet<Atom> = new Set<Atom>(["bool", "int", "float"]);
const INTEGERS: ReadonlySet<Atom> = new Set<Atom>(["bool", "int"]);

/** Builtins whose result always has this type, or else raise. */
export const BUILTIN_RESULTS: Readonly<Record<string, BuiltinType>> = {
  bin: "str",
  bool: "bool",
  bytearray: "bytearray",
  bytes: "bytes",
  callable: "bool",
  chr: "str",
  delattr: "None",
  dict: "dict",
  dir: "list",
  float: "float",
  frozenset: "frozenset",
  hasattr: "bool",
  hash: "int",
  hex: "str",
  id: "int",
  input: "str",
  int: "int",
  isinstance: "bool",
  issubclass: "bool",
  len: "int",
  list: "list",
  oct: "str",
  ord: "int",
  print: "None",
  range: "range",
  repr: "str",
  set: "set",
  setattr: "None",
  sorted: "list",
  str: "str",
  tuple: "tuple",
};

const STR: Readonly<Record<string, BuiltinType>> = {
  count: "int",
  encode: "bytes",
  endswith: "bool",
  find: "int",
  format: "str",
  index: "int",
  isalpha: "bool",
  isdigit: "bool",
  islower: "bool",
  isspace: "bool",
  isupper: "bool",
  join: "str",
  lower: "str",
  lstrip: "str",
  replace: "str",
  rfind: "int",
  rindex: "int",
  rsplit: "list",
  rstrip: "str",
  split: "list",
  splitlines: "list",
  startswith: "bool",
  strip: "str",
  upper: "str",
};

/** Results of methods of builtin types. */
export const METHOD_RESULTS: Readonly<
  Partial<Record<BuiltinType, Readonly<Record<string, BuiltinType>>>>
> = {
  str: STR,
  list: {
    append: "None",
    clear: "None",
    copy: "list",
    count: "int",
    extend: "None",
    index: "int",
    insert: "None",
    remove: "None",
    reverse: "None",
    sort: "None",
  },
  dict: { clear: "None", copy: "dict", update: "None" },
  set: { add: "None", clear: "None", copy: "set", discard: "None" },
};

/** What functions of runtime modules give: a builtin type, or a class of such a module. */
export const RUNTIME_RESULTS: Readonly<Record<string, BuiltinType | RuntimeClassName>> = {
  "asyncio.create_task": "asyncio.Task",
  "asyncio.get_event_loop": "asyncio.Loop",
  "asyncio.new_event_loop": "asyncio.Loop",
  "gc.mem_alloc": "int",
  "gc.mem_free": "int",
  "time.ticks_add": "int",
  "time.ticks_diff": "int",
  "time.ticks_ms": "int",
  "time.ticks_us": "int",
};

const SEQUENCES: readonly BuiltinType[] = ["str", "bytes", "list", "tuple"];

/** Operators of builtin types only; with anything else in play the answer is null. */
export function operate(op: Operator, leftType: Type, rightType: Type): Type {
  const left = withoutNone(leftType);
  const right = withoutNone(rightType);
  if (left === null || right === null) {
    return null;
  }
  if (left.size === 0 || right.size === 0) {
    return NOTHING;
  }
  if (isWithin(left, NUMBERS) && isWithin(right, NUMBERS)) {
    return arithmetic(op, isWithin(left, INTEGERS), isWithin(right, INTEGERS), left, right);
  }
  for (const type of SEQUENCES) {
    if (isWithin(left, new Set<Atom>([type]))) {
      const same = isWithin(right, new Set<Atom>([type]));
      const fits =
        (op === "Add" && same) ||
        (op === "Mult" && isWithin(right, INTEGERS)) ||
        (op === "Mod" && type === "str");
      return fits ? just(type) : null;
    }
  }
  return null;
}

function arithmetic(
  op: Operator,
  leftInt: boolean,
  rightInt: boolean,
  left: Type,
  right: Type,
): Type {
  const ints = leftInt && rightInt;
  const mixed =
    (left?.has("int") || left?.has("bool")) && (right?.has("int") || right?.has("bool"));
  switch (op) {
    case "Add":
    case "Sub":
    case "Mult":
    case "Mod":
    case "FloorDiv":
      return ints ? just("int") : mixed ? new Set<Atom>(["int", "float"]) : just("float");
    case "Div":
      return just("float");
    case "Pow":
      return ints ? new Set<Atom>(["int", "float"]) : null;
    case "LShift":
    case "RShift":
      return ints ? just("int") : null;
    case "BitAnd":
    case "BitOr":
    case "BitXor":
      return ints ? new Set<Atom>(["int", "bool"]) : null;
    case "MatMult":
      return null;
  }
}

/** None takes part in no operator: what remains is the type where nothing is raised. */
function withoutNone(type: Type): Type {
  return type?.has("None") === true ? new Set([...type].filter((atom) => atom !== "None")) : type;
}

export function negate(operand: Type): Type {
  return operand !== null && isWithin(operand, INTEGERS)
    ? just("int")
    : isWithin(operand, new Set<Atom>(["float"]))
      ? just("float")
      : operand?.size === 0
        ? NOTHING
        : null;
}
