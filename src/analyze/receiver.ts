/** What the object before the dot of a method call may be. Called by `calls.ts` and by attribute reads. */
import type { Call, ClassDef, Expr } from "../parser/ast.js";
import type { FunctionInfo } from "./analysis.js";
import type { CallContext } from "./call-context.js";
import type { Receiver } from "./method-calls.js";
import { type ModuleView, mayBeModule } from "./module-view.js";

export function receiverOf(call: Call, context: CallContext): Receiver {
  const node = (call.func as Extract<Expr, { kind: "Attribute" }>).value;
  return {
    node,
    selfOf: selfClass(node, context),
    instanceOf: instanceClasses(node, context),
    mayBeClass: mayBeClass(node, context),
    mayBeModule: mayBeModule(node, context.view, context.facts),
  };
}

/** The class whose `self` the expression is. */
export function selfClass(
  node: Expr,
  { view, functions }: Pick<CallContext, "view" | "functions">,
): ClassDef | null {
  const info = node.kind === "Name" ? parameterOf(node, view, functions) : null;
  return info !== null && info.isMethodOf !== null && info.selfName !== null
    ? info.isMethodOf
    : null;
}

/** The function whose first parameter the name is. */
function parameterOf(
  node: Extract<Expr, { kind: "Name" }>,
  view: ModuleView,
  functions: CallContext["functions"],
): FunctionInfo | null {
  const binding = view.table.bindingOf.get(node);
  const [store] = binding?.stores ?? [];
  const owner = binding?.scope.node;
  if (
    store?.kind !== "arg" ||
    (owner?.kind !== "FunctionDef" && owner?.kind !== "AsyncFunctionDef")
  ) {
    return null;
  }
  return owner.args.args[0] === store ? (functions.get(owner) ?? null) : null;
}

/** The classes of the program that the value is an instance of (or it is None); else null. */
export function instanceClasses(
  node: Expr,
  { view, facts }: CallContext,
): readonly ClassDef[] | null {
  const classes: ClassDef[] = [];
  for (const atom of facts.typeOf(node, view.ast) ?? []) {
    if (typeof atom !== "string") {
      classes.push(atom);
    } else if (atom !== "None") {
      return null;
    }
  }
  return classes.length > 0 ? classes : null;
}

function mayBeClass(node: Expr, { view, functions }: CallContext): boolean {
  switch (node.kind) {
    case "Name":
      return parameterOf(node, view, functions)?.kind === "classmethod" || node.id === "cls";
    case "Attribute":
      return node.attr === "__class__";
    case "Call":
      return node.func.kind === "Name" && (node.func.id === "type" || node.func.id === "getattr");
    default:
      return false;
  }
}
