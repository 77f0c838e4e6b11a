/**
 * Whether running a top-level statement may call a function of the same module: then functions
 * defined before it can run before the globals assigned after it exist. Called by `analyze.ts`.
 */
import type { AnyNode, Call, Expr, Stmt } from "../parser/ast.js";
import { callTarget } from "./callee.js";
import { isTransparentDecorator } from "./decorators.js";
import { meaning, type ModuleView } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { builtin } from "./tables/builtins.js";
import { BLOCKING_FUNCTIONS } from "./tables/runtime-blocking.js";
import { children } from "./walk.js";

const RUNS_CODE: ReadonlySet<string> = new Set(["__import__", "compile", "eval", "exec", "execfile"]);

export function mayCallModule(statement: Stmt, view: ModuleView, facts: ProgramFacts): boolean {
  const stack: AnyNode[] = [statement];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        if (!node.decorator_list.every(isTransparentDecorator) && !isAccessor(node.decorator_list)) {
          return true;
        }
        stack.push(node.args);
        continue;
      case "ClassDef":
        if (node.decorator_list.length > 0) {
          return true;
        }
        break;
      case "Lambda":
        continue;
      case "Import":
      case "ImportFrom":
        if (importsBack(node, view, facts)) {
          return true;
        }
        continue;
      case "Call":
        if (!isHarmless(node, view, facts)) {
          return true;
        }
        break;
      case "With":
      case "AsyncWith":
        return true;
    }
    for (const child of children(node)) {
      if (child !== null) {
        stack.push(child);
      }
    }
  }
  return false;
}

/** `@property`, `@x.setter`, `@staticmethod`: nothing of the program runs. */
function isAccessor(decorators: readonly Expr[]): boolean {
  return decorators.every(
    (node) =>
      (node.kind === "Name" && builtin(node.id)?.kind === "type") ||
      (node.kind === "Attribute" && (node.attr === "setter" || node.attr === "deleter")),
  );
}

/** The imported module, or one that it imports, may import this one and call into it. */
function importsBack(node: AnyNode, view: ModuleView, facts: ProgramFacts): boolean {
  return view.imports.some(
    (row) =>
      row.node === node &&
      [row.target, row.binding?.imported?.target].some(
        (target) => target?.kind === "project" && facts.importsReach(target.module, view.name),
      ),
  );
}

/** A builtin or runtime function that is given no code of the program to run. */
function isHarmless(call: Call, view: ModuleView, facts: ProgramFacts): boolean {
  const target = callTarget(call, view, facts);
  const isKnown =
    target.kind === "builtin"
      ? !RUNS_CODE.has(target.name)
      : target.kind === "runtime" &&
        BLOCKING_FUNCTIONS[target.module]?.has(target.name) !== true;
  return (
    isKnown &&
    ![...call.args, ...call.keywords.map((keyword) => keyword.value)].some((arg) =>
      mayBeCode(arg, view, facts),
    )
  );
}

function mayBeCode(node: Expr, view: ModuleView, facts: ProgramFacts): boolean {
  switch (node.kind) {
    case "Lambda":
      return true;
    case "Starred":
      return mayBeCode(node.value, view, facts);
    case "List":
    case "Tuple":
      return node.elts.some((element) => mayBeCode(element, view, facts));
    case "Name": {
      const known = meaning(node, view, facts);
      return known?.kind === "function" || known?.kind === "class";
    }
    case "Attribute": {
      const base = meaning(node.value, view, facts);
      return !(base?.kind === "module" || base?.kind === "runtime" || base?.kind === "class");
    }
    default:
      return false;
  }
}
