/**
 * What an expression's form alone says of its type: literals, comparisons, displays, a few
 * builtins. Used to leave out `truth()` and `str()` calls that would change nothing.
 */

import { isJust } from "../analyze/types/type.js";
import type { CmpOperator, Expr } from "../parser/ast.js";
import type { Frame } from "./frame.js";
import { certainType } from "./native.js";

export type StaticType =
  | "bool"
  | "int"
  | "float"
  | "str"
  | "bytes"
  | "None"
  | "list"
  | "tuple"
  | "dict"
  | "set";

/** Builtin functions whose result always has this type (whatever dunders do, MicroPython checks it). */
const BUILTIN_RESULTS: Readonly<Record<string, StaticType>> = {
  bin: "str",
  bool: "bool",
  callable: "bool",
  chr: "str",
  hasattr: "bool",
  hex: "str",
  isinstance: "bool",
  issubclass: "bool",
  len: "int",
  oct: "str",
  ord: "int",
  repr: "str",
  sorted: "list",
};

const DUNDERS: Partial<Record<CmpOperator, readonly string[]>> = {
  Eq: ["__eq__"],
  NotEq: ["__ne__", "__eq__"],
  Lt: ["__lt__", "__gt__"],
  LtE: ["__le__", "__ge__"],
  Gt: ["__gt__", "__lt__"],
  GtE: ["__ge__", "__le__"],
};

/** Whether this comparison gives a bool whatever its operands: no class of the program interferes. */
export function comparesToBoolean(op: CmpOperator, frame: Frame): boolean {
  const dunders = DUNDERS[op];
  if (dunders === undefined) return true;
  if (!frame.module.facts) return false;
  const { facts } = frame.module.analysis.context;
  return facts.closedWorld && !dunders.some((name) => facts.dunders.has(name));
}

export function staticType(node: Expr, frame: Frame): StaticType | null {
  switch (node.kind) {
    case "Constant":
      return node.value.type === "Ellipsis" || node.value.type === "complex"
        ? null
        : node.value.type;
    case "JoinedStr":
      return "str";
    case "List":
    case "ListComp":
      return "list";
    case "Tuple":
      return "tuple";
    case "Dict":
    case "DictComp":
      return "dict";
    case "Set":
    case "SetComp":
      return "set";
    case "UnaryOp":
      return node.op === "Not" ? "bool" : null;
    case "Compare":
      return node.ops.every((op) => comparesToBoolean(op, frame)) ? "bool" : null;
    case "BoolOp": {
      const types = new Set(node.values.map((value) => staticType(value, frame)));
      return types.size === 1 ? ([...types][0] as StaticType | null) : null;
    }
    case "IfExp": {
      const type = staticType(node.body, frame);
      return type === staticType(node.orelse, frame) ? type : null;
    }
    case "NamedExpr":
      return staticType(node.value, frame);
    case "Call": {
      const callee = frame.module.analysis.calls.get(node)?.callee;
      return callee?.kind === "builtin" ? (BUILTIN_RESULTS[callee.name] ?? null) : null;
    }
    default:
      return null;
  }
}

/** Lowers to a JavaScript boolean. */
export function isBoolean(node: Expr, frame: Frame): boolean {
  return staticType(node, frame) === "bool" || isJust(certainType(node, frame), "bool");
}
