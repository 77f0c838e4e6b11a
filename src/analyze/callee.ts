/**
 * What a call calls, as far as the text shows. Used for colouring over the whole program and for the
 * calls of a module (`calls.ts`), which adds whether the arguments suit.
 */
import type { Call, ClassDef } from "../parser/ast.js";
import type { DefNode } from "./analysis.js";
import { type Meaning, type Modules, type ModuleView, meaning } from "./module-view.js";

export type Target =
  | Exclude<Meaning, { readonly kind: "module" }>
  | {
      readonly kind: "class-member";
      readonly module: string;
      readonly class: ClassDef;
      readonly name: string;
    }
  | { readonly kind: "super-method"; readonly name: string }
  | { readonly kind: "method"; readonly name: string }
  | { readonly kind: "unknown" };

export function callTarget(call: Call, view: ModuleView, modules: Modules): Target {
  const { func } = call;
  const known = meaning(func, view, modules);
  if (known !== null && known.kind !== "module") {
    return known;
  }
  if (func.kind !== "Attribute") {
    return { kind: "unknown" };
  }
  const base = meaning(func.value, view, modules);
  if (base?.kind === "module") {
    return { kind: "unknown" };
  }
  if (base?.kind === "class") {
    return { kind: "class-member", module: base.module, class: base.node, name: func.attr };
  }
  if (
    func.value.kind === "Call" &&
    func.value.func.kind === "Name" &&
    func.value.func.id === "super" &&
    view.table.bindingOf.get(func.value.func) === undefined
  ) {
    return { kind: "super-method", name: func.attr };
  }
  return { kind: "method", name: func.attr };
}

/** The def of a method written straight in the class body; the last one of that name. */
export function ownMethod(node: ClassDef, name: string): DefNode | null {
  let found: DefNode | null = null;
  for (const statement of node.body) {
    if (
      (statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef") &&
      statement.name === name
    ) {
      found = statement;
    }
  }
  return found;
}

/** The class whose method a `super()...` call stands in. */
export function enclosingClass(call: Call, view: ModuleView): ClassDef | null {
  const { func } = call;
  if (func.kind !== "Attribute" || func.value.kind !== "Call") {
    return null;
  }
  let scope =
    (func.value.func.kind === "Name" ? view.table.scopeOf.get(func.value.func) : null) ?? null;
  for (; scope !== null; scope = scope.parent) {
    if (scope.kind === "class") {
      return scope.node as ClassDef;
    }
  }
  return null;
}
