/**
 * Which statements of a module body may call functions of the same module: those functions then run
 * before the globals assigned further down exist. Called by `analyze.ts`.
 *
 * Foreign code (the runtime, modules that do not import this one) can only call back what it was
 * given, now or by an earlier statement.
 */
import type { AnyNode, Call, Expr, Stmt } from "../parser/ast.js";
import { callTarget } from "./callee.js";
import { isTransparentDecorator } from "./decorators.js";
import { type ModuleView, meaning } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { builtin } from "./tables/builtins.js";
import { children, isFunctionNode } from "./walk.js";

/** none: runs no other code. foreign: code that knows nothing of ours. own: maybe ours. */
type Reach = "none" | "foreign" | "own";

const RUNS_TEXT: ReadonlySet<string> = new Set(["__import__", "eval", "exec", "execfile"]);

export function statementsThatCall(view: ModuleView, facts: ProgramFacts): readonly boolean[] {
  let given = false;
  return view.ast.body.map((statement) => {
    const reach = new Look(view, facts).statement(statement);
    given ||= reach === "own";
    return given && reach !== "none";
  });
}

const SHOWS_GLOBALS: ReadonlySet<string> = new Set([...RUNS_TEXT, "globals", "locals", "dir"]);

/**
 * The definitions further down than something that may look at the module from outside: an import
 * of a module that imports this one, or text that is run.
 */
export function lateDefinitions(view: ModuleView, facts: ProgramFacts): ReadonlySet<Stmt> {
  const look = new Look(view, facts);
  const late = new Set<Stmt>();
  let shown = false;
  for (const statement of view.ast.body) {
    if (shown) late.add(statement);
    shown ||= look.showsModule(statement);
  }
  return late;
}

class Look {
  constructor(
    private readonly view: ModuleView,
    private readonly facts: ProgramFacts,
  ) {}

  statement(statement: Stmt): Reach {
    let reach: Reach = "none";
    const stack: AnyNode[] = [statement];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const here = this.node(node);
      if (here === "own") {
        return "own";
      }
      reach = here === "foreign" ? "foreign" : reach;
      for (const child of node.kind === "Lambda" ? [node.args] : bodyless(node)) {
        if (child !== null) {
          stack.push(child);
        }
      }
    }
    return reach;
  }

  /** Whether the statement itself may let other code see which globals there are by now. */
  showsModule(statement: Stmt): boolean {
    const stack: AnyNode[] = [statement];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if ((node.kind === "Import" || node.kind === "ImportFrom") && this.importsBack(node)) {
        return true;
      }
      if (node.kind === "Name" && SHOWS_GLOBALS.has(node.id)) return true;
      for (const child of bodyless(node)) if (child !== null) stack.push(child);
    }
    return false;
  }

  private node(node: AnyNode): Reach {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        return node.decorator_list.every(isQuietDecorator) ? "none" : "own";
      case "ClassDef":
        return node.decorator_list.length > 0 ? "own" : "none";
      case "Import":
      case "ImportFrom":
        return this.importsBack(node) ? "own" : "foreign";
      case "With":
      case "AsyncWith":
        return this.facts.dunders.has("__enter__") ? "own" : "foreign";
      case "Assign":
        // `driver.callback = tick` gives code away as a call does.
        return node.targets.some((target) => target.kind !== "Name") && this.mayBeCode(node.value)
          ? "own"
          : "none";
      case "Call":
        return this.call(node);
      default:
        return "none";
    }
  }

  private call(call: Call): Reach {
    const args = [...call.args, ...call.keywords.map((keyword) => keyword.value)];
    const target = callTarget(call, this.view, this.facts);
    switch (target.kind) {
      case "function":
      case "class":
      case "class-member":
        if (this.facts.importsReach(target.module, this.view.name)) {
          return "own";
        }
        break;
      case "method":
        if (this.mayBeOwnMethod(target.name)) {
          return "own";
        }
        break;
      case "builtin":
        if (RUNS_TEXT.has(target.name)) {
          return "own";
        }
        if (builtin(target.name)?.pure === true) {
          return "none";
        }
        break;
      case "runtime":
        break;
      case "super-method":
      case "unknown":
        return "own";
    }
    return args.some((arg) => this.mayBeCode(arg)) ? "own" : "foreign";
  }

  /** A method of a class of this module, or of one that can import it; or a stored function. */
  private mayBeOwnMethod(name: string): boolean {
    const { facts, view } = this;
    return (
      facts.dynamicStores ||
      facts.plainStores.has(name) ||
      (facts.methods.get(name) ?? []).some((def) => {
        const module =
          def.class === null ? undefined : facts.hierarchy.classes.get(def.class)?.module;
        return module === undefined || facts.importsReach(module, view.name);
      })
    );
  }

  /** The imported module, or one that it imports, may import this one and call into it. */
  private importsBack(node: AnyNode): boolean {
    return this.view.imports.some(
      (row) =>
        row.node === node &&
        [row.target, row.binding?.imported?.target].some(
          (target) =>
            target?.kind === "project" && this.facts.importsReach(target.module, this.view.name),
        ),
    );
  }

  /** The value may be, hold or lead to a function of this module. */
  private mayBeCode(node: Expr, depth = 0): boolean {
    const { view, facts } = this;
    const inside = (child: Expr): boolean => this.mayBeCode(child, depth);
    switch (node.kind) {
      case "Constant":
      case "JoinedStr":
      case "Compare":
      case "UnaryOp":
        return false;
      case "Starred":
        return inside(node.value);
      case "List":
      case "Tuple":
      case "Set":
        return node.elts.some(inside);
      case "Dict":
        return node.values.some(inside);
      case "BinOp":
        return inside(node.left) || inside(node.right);
      case "BoolOp":
        return node.values.some(inside);
      case "IfExp":
        return inside(node.body) || inside(node.orelse);
      case "Subscript":
        return inside(node.value);
      case "Name": {
        const known = meaning(node, view, facts);
        if (known !== null) {
          return (
            (known.kind === "function" || known.kind === "class") &&
            facts.importsReach(known.module, view.name)
          );
        }
        const binding = view.table.bindingOf.get(node);
        const [store, ...others] = binding?.stores ?? [];
        const value = store === undefined ? undefined : view.table.valueOf.get(store);
        return others.length > 0 || value === undefined || depth > 5
          ? true
          : this.mayBeCode(value, depth + 1);
      }
      case "Attribute": {
        const base = meaning(node.value, view, facts);
        if (base?.kind === "module") {
          const known = meaning(node, view, facts);
          return (
            (known?.kind === "function" || known?.kind === "class") &&
            facts.importsReach(known.module, view.name)
          );
        }
        return !(base?.kind === "runtime");
      }
      case "Call": {
        const args = [...node.args, ...node.keywords.map((keyword) => keyword.value)];
        const target = callTarget(node, view, facts);
        const isForeign = target.kind === "runtime" || target.kind === "builtin";
        return !isForeign || args.some(inside);
      }
      default:
        return true;
    }
  }
}

function isQuietDecorator(node: Expr): boolean {
  return (
    isTransparentDecorator(node) ||
    (node.kind === "Name" && builtin(node.id)?.kind === "type") ||
    (node.kind === "Attribute" && (node.attr === "setter" || node.attr === "deleter"))
  );
}

/** What runs where the node stands: of a def its decorators and defaults. */
function bodyless(node: AnyNode): readonly (AnyNode | null)[] {
  return isFunctionNode(node) && node.kind !== "Lambda"
    ? children(node).filter((child) => child?.kind === "arguments")
    : children(node);
}
