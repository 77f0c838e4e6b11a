/**
 * One `FunctionInfo` for each def and lambda of a module. Called by `analyze.ts`.
 */
import type { AnyNode, Arg, ClassDef, Expr, FunctionNode } from "../parser/ast.js";
import type { FunctionInfo } from "./analysis.js";
import { isTransparentDecorator, methodDecorator } from "./decorators.js";
import { flavourOf } from "./flavour.js";
import { isBuiltin, type ModuleView } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import type { ScopeRecord } from "./records.js";
import { isSimple, signatureOf, signatureText } from "./signature.js";
import { walk } from "./walk.js";

export function functionInfos(
  view: ModuleView,
  facts: ProgramFacts,
): ReadonlyMap<FunctionNode, FunctionInfo> {
  const infos = new Map<FunctionNode, FunctionInfo>();
  const callees = calledNames(view);
  for (const [node, scope] of view.table.scopes) {
    if (node.kind === "Lambda" || node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef") {
      infos.set(node, functionInfo(node, scope, view, facts, callees));
    }
  }
  return infos;
}

/** Every node that stands as the callee of a call. */
function calledNames(view: ModuleView): ReadonlySet<AnyNode> {
  const callees = new Set<AnyNode>();
  walk(view.ast, (node) => {
    if (node.kind === "Call") {
      callees.add(node.func);
    }
  });
  return callees;
}

function functionInfo(
  node: FunctionNode,
  scope: ScopeRecord,
  view: ModuleView,
  facts: ProgramFacts,
  callees: ReadonlySet<AnyNode>,
): FunctionInfo {
  const end = facts.ends.get(node);
  const isLambda = node.kind === "Lambda";
  const isMethodOf =
    !isLambda && scope.parent?.kind === "class" ? (scope.parent.node as ClassDef) : null;
  const { kind, property, transparent, decorators } = decoration(node, isMethodOf, view, facts);
  const takesFirst = isMethodOf !== null && kind !== "staticmethod";
  const first = node.args.args[0];
  const signature = signatureOf(node.args, takesFirst);
  const binding = isLambda ? null : (view.table.bindingOf.get(node) ?? null);
  return {
    node,
    name: isLambda ? "<lambda>" : node.name,
    scope,
    binding,
    flavour: facts.flavours.get(node) ?? flavourOf(node),
    blocking: facts.colours.functions.has(node),
    returnsValue: end?.returnsValue ?? "sometimes",
    endReachable: end?.endReachable ?? true,
    selfName:
      takesFirst &&
      kind !== "classmethod" &&
      decorators.length === 0 &&
      staysMethod(node, view) &&
      first !== undefined &&
      neverRebound(first, view)
        ? first.arg
        : null,
    usesSuper: usesSuper(node, view),
    isMethodOf,
    kind,
    propertyName: property,
    signature: signatureText(signature),
    simple: isSimple(signature),
    transparentDecorators: transparent,
    decorators,
    escapes:
      isLambda ||
      decorators.length > 0 ||
      binding === null ||
      (isMethodOf === null
        ? binding.loads.some((load) => !callees.has(load)) || facts.loadedAttributes.has(node.name)
        : facts.loadedAttributes.has(node.name)),
  };
}

interface Decoration {
  readonly kind: FunctionInfo["kind"];
  readonly property: string | null;
  readonly transparent: readonly Expr[];
  readonly decorators: readonly Expr[];
}

function decoration(
  node: FunctionNode,
  isMethodOf: ClassDef | null,
  view: ModuleView,
  facts: ProgramFacts,
): Decoration {
  if (node.kind === "Lambda") {
    return { kind: "lambda", property: null, transparent: [], decorators: [] };
  }
  const transparent = node.decorator_list.filter(isTransparentDecorator);
  const rest = node.decorator_list.filter((decorator) => !isTransparentDecorator(decorator));
  const plain = { property: null, transparent, decorators: rest };
  if (isMethodOf === null) {
    return { kind: "function", ...plain };
  }
  const isBuiltinName = (expr: Expr): boolean =>
    expr.kind === "Name" &&
    view.table.bindingOf.get(expr) === undefined &&
    isBuiltin(expr.id, view, facts);
  const [only] = rest;
  const method =
    rest.length === 1 && only !== undefined ? methodDecorator(only, isBuiltinName) : null;
  if (method === null) {
    return { kind: "method", ...plain };
  }
  const property = "property" in method ? method.property : null;
  if (property !== null && property !== node.name) {
    // `@x.setter def set_x`: both names then hold the property; the runtime builds it.
    return { kind: "method", ...plain };
  }
  return { kind: method.kind, property, transparent, decorators: [] };
}

/** The class body does not make something else of it (`m = staticmethod(m)`). */
function staysMethod(node: FunctionNode, view: ModuleView): boolean {
  const binding = node.kind === "Lambda" ? undefined : view.table.bindingOf.get(node);
  return (
    binding?.stores.every(
      (store) => store.kind === "FunctionDef" || store.kind === "AsyncFunctionDef",
    ) === true
  );
}

function neverRebound(arg: Arg, view: ModuleView): boolean {
  const binding = view.table.bindingOf.get(arg);
  return binding !== undefined && binding.stores.length === 1 && binding.deletes.length === 0;
}

function usesSuper(node: FunctionNode, view: ModuleView): boolean {
  let found = false;
  walk(node, (at) => {
    found ||= at.kind === "Name" && at.id === "super" && view.table.bindingOf.get(at) === undefined;
    return at.kind !== "ClassDef";
  });
  return found;
}
