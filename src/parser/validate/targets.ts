/**
 * What can be assigned to and deleted. The name of a constant made with `const()` cannot: from its
 * definition on MicroPython puts the value in its place. Used by `scopes.ts`.
 */
import type { Expr } from "../ast.js";
import type { Report } from "../scan.js";
import type { Constants } from "./constants.js";

export interface TargetContext {
  readonly report: Report;
  readonly constants: Constants;
  /** Called for each name that gets a value. */
  store(name: string): void;
  /** Called for what is evaluated on the way: `a` and `i` in `a[i] = x`. */
  load(node: Expr): void;
}

export function checkTarget(target: Expr, cx: TargetContext): void {
  switch (target.kind) {
    case "Name":
      storeName(target, cx);
      break;
    case "Attribute":
      cx.load(target.value);
      break;
    case "Subscript":
      cx.load(target.value);
      cx.load(target.slice);
      break;
    case "Tuple":
      if (target.elts.length === 0) cx.report("MPY2001", { what: "()" }, target.span);
      checkElements(target.elts, cx);
      break;
    case "List":
      checkElements(target.elts, cx);
      break;
    default:
      cx.report("MPY2001", { what: describe(target) }, target.span);
  }
}

/** `x += 1`: no tuples and no lists. */
export function checkAugTarget(target: Expr, cx: TargetContext): void {
  if (target.kind === "Tuple" || target.kind === "List") {
    cx.report("MPY2001", { what: describe(target) }, target.span);
  } else {
    checkTarget(target, cx);
  }
}

export function checkDelete(target: Expr, cx: TargetContext): void {
  if (target.kind === "Tuple" && target.elts.length > 0) {
    for (const element of target.elts) checkDelete(element, cx);
  } else if (target.kind === "Name" || target.kind === "Attribute" || target.kind === "Subscript") {
    checkTarget(target, cx);
  } else {
    cx.report("MPY2004", { what: describe(target) }, target.span);
  }
}

function checkElements(elements: readonly Expr[], cx: TargetContext): void {
  let starred = false;
  for (const element of elements) {
    if (element.kind !== "Starred") {
      checkTarget(element, cx);
      continue;
    }
    if (starred) cx.report("MPY2005", {}, element.span);
    starred = true;
    checkTarget(element.value, cx);
  }
}

function storeName(target: Expr & { kind: "Name" }, cx: TargetContext): void {
  if (cx.constants.isConstantAt(target.id, target.span.start)) {
    cx.report("MPY2001", { what: `'${target.id}', a constant` }, target.span);
  }
  cx.store(target.id);
}

const descriptions: Readonly<Partial<Record<Expr["kind"], string>>> = {
  Await: "an 'await' expression",
  BoolOp: "an expression",
  Call: "a call",
  Compare: "a comparison",
  Constant: "a literal",
  Dict: "a dict display",
  DictComp: "a comprehension",
  GeneratorExp: "a generator expression",
  IfExp: "a conditional expression",
  JoinedStr: "an f-string",
  Lambda: "a lambda",
  List: "a list",
  ListComp: "a comprehension",
  NamedExpr: "a named expression",
  Set: "a set display",
  SetComp: "a comprehension",
  Starred: "a starred expression alone",
  Tuple: "a tuple",
  Yield: "a 'yield' expression",
  YieldFrom: "a 'yield' expression",
};

function describe(target: Expr): string {
  if (target.kind === "Constant" && ["None", "bool", "Ellipsis"].includes(target.value.type)) {
    if (target.value.type === "bool") return target.value.value ? "True" : "False";
    return target.value.type === "None" ? "None" : "...";
  }
  return descriptions[target.kind] ?? "expression";
}
