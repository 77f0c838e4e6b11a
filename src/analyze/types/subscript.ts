/** The type of `x[i]`, given that of `x`. Used by `evaluate.ts`. */
import type { Expr } from "../../parser/ast.js";
import { BYTE } from "./range.js";
import {
  type Atom,
  intIn,
  joinAll,
  just,
  type Known,
  NOTHING,
  type Type,
  tupleOf,
  tupleOfAny,
  unsure,
} from "./type.js";

export function subscript(whole: Type, slice: Expr): Type {
  if (whole === null || whole.size === 0) return whole;
  const all = joinAll([...whole].map((atom) => part(atom, whole, slice)));
  return whole.sure ? all : unsure(all);
}

function part(atom: Atom, whole: Known, at: Expr): Type {
  const isSlice = at.kind === "Slice";
  switch (atom) {
    case "None":
      return NOTHING;
    case "str":
      return just("str");
    case "bytes":
    case "bytearray":
      return isSlice ? just(atom) : intIn(BYTE);
    case "list":
      return isSlice
        ? just("list", {
            cells: new Map([...whole.cells].filter(([kind]) => kind === "list")),
            exact: whole.exact,
          })
        : (whole.cells.get("list")?.value ?? null);
    case "dict":
      return isSlice ? null : (whole.cells.get("dict")?.value ?? null);
    case "tuple":
      return tuplePart(whole, at);
    default:
      return null;
  }
}

/** The item, or the part, of a tuple. */
function tuplePart({ tuple }: Known, at: Expr): Type {
  if (tuple === null) return at.kind === "Slice" ? tupleOfAny(null) : null;
  const { each, any } = tuple;
  if (at.kind === "Slice") {
    const [low, high] = [literal(at.lower), literal(at.upper)];
    const known = each !== null && low !== null && high !== null && at.step === null;
    return known ? tupleOf(each.slice(low ?? undefined, high ?? undefined)) : tupleOfAny(any);
  }
  const index = literal(at);
  return (each !== null && typeof index === "number" ? each.at(index) : undefined) ?? any;
}

/** The value of a small int literal; undefined where there is none, null where it is not known. */
function literal(node: Expr | null): number | null | undefined {
  if (node === null) return undefined;
  if (node.kind === "UnaryOp" && node.op === "USub") {
    const value = literal(node.operand);
    return typeof value === "number" ? -value : null;
  }
  return node.kind === "Constant" && node.value.type === "int" ? Number(node.value.value) : null;
}
