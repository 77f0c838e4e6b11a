/**
 * First half of name resolution: walks a module once in text order and records its scopes and each
 * occurrence of a name in them. Follows MicroPython's compiler: annotations are never evaluated, a
 * bare `x: T` makes `x` local to a function, the first iterable of a comprehension belongs to the
 * scope around it, and `:=` in a comprehension stores to the scope around it.
 */
import type {
  Alias,
  Arguments,
  Comprehension,
  ExceptHandler,
  Expr,
  Module,
  Name,
  Stmt,
} from "../parser/ast.js";
import type { ComprehensionNode, ScopeNode, StoreNode } from "./analysis.js";
import { isAssembler } from "./decorators.js";
import type { Block, Occurrence, Position } from "./occurrence.js";
import { ScopeRecord } from "./records.js";

/** Calling one of these makes every name of the scope reachable by a string. */
const DYNAMIC: ReadonlySet<string> = new Set(["exec", "eval", "globals", "locals", "execfile"]);

export interface RawScopes {
  readonly root: ScopeRecord;
  readonly scopes: ReadonlyMap<ScopeNode, ScopeRecord>;
  readonly occurrences: readonly Occurrence[];
}

export function buildRawScopes(module: Module): RawScopes {
  const builder = new Builder(module);
  builder.block(module.body, null, false);
  return builder;
}

class Builder implements RawScopes {
  readonly root: ScopeRecord;
  readonly scopes = new Map<ScopeNode, ScopeRecord>();
  readonly occurrences: Occurrence[] = [];
  private scope: ScopeRecord;
  private position: Position | null = null;

  constructor(module: Module) {
    this.root = new ScopeRecord("module", module, null, null);
    this.scope = this.root;
    this.scopes.set(module, this.root);
  }

  block(block: Block, parent: Position | null, inLoop: boolean): void {
    for (const node of block) {
      this.position = { parent, node, block, inLoop };
      if (node.kind === "ExceptHandler") {
        this.handler(node, this.position);
      } else {
        this.statement(node, this.position);
      }
    }
    this.position = parent;
  }

  private record(node: StoreNode | Name, name: string, use: Occurrence["use"]): void {
    const { scope, position } = this;
    this.occurrences.push({ node, name, use, scope, position });
  }

  private inScope(
    kind: ScopeRecord["kind"],
    node: ScopeNode,
    visit: () => void,
    isAssembly = false,
  ): void {
    const { scope, position } = this;
    this.scope = new ScopeRecord(kind, node, scope, position, isAssembly);
    this.scopes.set(node, this.scope);
    this.position = null;
    visit();
    this.scope = scope;
    this.position = position;
  }

  // ---- statements ----------------------------------------------------------------------------

  private statement(node: Stmt, at: Position): void {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.all(node.decorator_list);
        this.defaults(node.args);
        this.inScope(
          "function",
          node,
          () => {
            this.parameters(node.args);
            this.block(node.body, null, false);
          },
          node.decorator_list.some(isAssembler),
        );
        this.record(node, node.name, "store");
        return;
      case "ClassDef":
        this.all(node.decorator_list);
        this.all(node.bases);
        this.all(node.keywords.map((keyword) => keyword.value));
        this.inScope("class", node, () => this.block(node.body, null, false));
        this.record(node, node.name, "store");
        return;
      case "Return":
        this.optional(node.value);
        return;
      case "Delete":
        for (const target of node.targets) {
          this.target(target, "delete");
        }
        return;
      case "Assign":
        this.expression(node.value);
        for (const target of node.targets) {
          this.target(target, "store");
        }
        return;
      case "AugAssign":
        if (node.target.kind === "Name") {
          this.record(node.target, node.target.id, "load");
          this.expression(node.value);
          this.record(node.target, node.target.id, "store");
        } else {
          this.target(node.target, "store");
          this.expression(node.value);
        }
        return;
      case "AnnAssign":
        if (node.value !== null) {
          this.expression(node.value);
          this.target(node.target, "store");
        } else if (node.target.kind === "Name" && this.scope.kind === "function") {
          this.scope.bind(node.target.id);
        }
        return;
      case "For":
      case "AsyncFor":
        this.expression(node.iter);
        this.target(node.target, "store");
        this.block(node.body, at, true);
        this.block(node.orelse, at, at.inLoop);
        return;
      case "While":
        this.expression(node.test);
        this.block(node.body, at, true);
        this.block(node.orelse, at, at.inLoop);
        return;
      case "If":
        this.expression(node.test);
        this.block(node.body, at, at.inLoop);
        this.block(node.orelse, at, at.inLoop);
        return;
      case "With":
      case "AsyncWith":
        for (const item of node.items) {
          this.expression(item.context_expr);
          if (item.optional_vars !== null) {
            this.target(item.optional_vars, "store");
          }
        }
        this.block(node.body, at, at.inLoop);
        return;
      case "Raise":
        this.optional(node.exc);
        this.optional(node.cause);
        return;
      case "Try":
        this.block(node.body, at, at.inLoop);
        this.block(node.handlers, at, at.inLoop);
        this.block(node.orelse, at, at.inLoop);
        this.block(node.finalbody, at, at.inLoop);
        return;
      case "Assert":
        this.expression(node.test);
        this.optional(node.msg);
        return;
      case "Import":
      case "ImportFrom":
        for (const alias of node.names) {
          this.alias(alias);
        }
        return;
      case "Global":
        for (const name of node.names) {
          this.scope.globals.add(name);
        }
        return;
      case "Nonlocal":
        for (const name of node.names) {
          this.scope.nonlocals.add(name);
        }
        return;
      case "Expr":
        this.expression(node.value);
        return;
      case "Pass":
      case "Break":
      case "Continue":
        return;
    }
  }

  private handler(node: ExceptHandler, at: Position): void {
    this.optional(node.type);
    if (node.name !== null) {
      this.record(node, node.name, "store");
    }
    this.block(node.body, at, at.inLoop);
  }

  private alias(node: Alias): void {
    if (node.name === "*") {
      this.scope.usesDynamicNames = true;
    } else {
      this.record(node, node.asname ?? (node.name.split(".")[0] as string), "store");
    }
  }

  private parameters(args: Arguments): void {
    for (const arg of [...args.posonlyargs, ...args.args]) {
      this.record(arg, arg.arg, "store");
    }
    if (args.vararg !== null) {
      this.record(args.vararg, args.vararg.arg, "store");
    }
    for (const arg of args.kwonlyargs) {
      this.record(arg, arg.arg, "store");
    }
    if (args.kwarg !== null) {
      this.record(args.kwarg, args.kwarg.arg, "store");
    }
  }

  private defaults(args: Arguments): void {
    this.all(args.defaults);
    for (const value of args.kw_defaults) {
      this.optional(value);
    }
  }

  private target(node: Expr, use: "store" | "delete"): void {
    switch (node.kind) {
      case "Name":
        this.record(node, node.id, use);
        return;
      case "Tuple":
      case "List":
        for (const element of node.elts) {
          this.target(element, use);
        }
        return;
      case "Starred":
        this.target(node.value, use);
        return;
      case "Attribute":
        this.expression(node.value);
        return;
      case "Subscript":
        this.expression(node.value);
        this.expression(node.slice);
        return;
      default:
        this.expression(node);
        return;
    }
  }

  // ---- expressions ---------------------------------------------------------------------------

  private optional(node: Expr | null): void {
    if (node !== null) {
      this.expression(node);
    }
  }

  private all(nodes: readonly Expr[]): void {
    for (const node of nodes) {
      this.expression(node);
    }
  }

  private expression(node: Expr): void {
    switch (node.kind) {
      case "Name":
        this.record(node, node.id, "load");
        return;
      case "Constant":
        return;
      case "BoolOp":
        this.all(node.values);
        return;
      case "NamedExpr":
        this.expression(node.value);
        this.named(node.target);
        return;
      case "BinOp":
        this.binary(node);
        return;
      case "UnaryOp":
        this.expression(node.operand);
        return;
      case "Lambda":
        this.defaults(node.args);
        this.inScope("lambda", node, () => {
          this.parameters(node.args);
          this.expression(node.body);
        });
        return;
      case "IfExp":
        this.expression(node.test);
        this.expression(node.body);
        this.expression(node.orelse);
        return;
      case "Dict":
        for (const [i, value] of node.values.entries()) {
          this.optional(node.keys[i] ?? null);
          this.expression(value);
        }
        return;
      case "Set":
      case "List":
      case "Tuple":
        this.all(node.elts);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(node);
        return;
      case "Await":
      case "YieldFrom":
      case "Starred":
        this.expression(node.value);
        return;
      case "Yield":
        this.optional(node.value);
        return;
      case "Compare":
        this.expression(node.left);
        this.all(node.comparators);
        return;
      case "Call":
        if (node.func.kind === "Name" && DYNAMIC.has(node.func.id)) {
          this.scope.usesDynamicNames = true;
        }
        this.expression(node.func);
        this.all(node.args);
        this.all(node.keywords.map((keyword) => keyword.value));
        return;
      case "FormattedValue":
        this.expression(node.value);
        this.optional(node.format_spec);
        return;
      case "JoinedStr":
        this.all(node.values);
        return;
      case "Attribute":
        this.expression(node.value);
        return;
      case "Subscript":
        this.expression(node.value);
        this.expression(node.slice);
        return;
      case "Slice":
        this.optional(node.lower);
        this.optional(node.upper);
        this.optional(node.step);
        return;
    }
  }

  /** Left-nested chains (`a + b + c ...`) can be thousands long: no recursion along them. */
  private binary(node: Expr): void {
    const rights: Expr[] = [];
    let at = node;
    while (at.kind === "BinOp") {
      rights.push(at.right);
      at = at.left;
    }
    this.expression(at);
    for (const right of rights.reverse()) {
      this.expression(right);
    }
  }

  private comprehension(node: ComprehensionNode): void {
    const [first, ...rest] = node.generators;
    if (first === undefined) {
      return;
    }
    this.expression(first.iter);
    this.inScope("comprehension", node, () => {
      this.clause(first);
      for (const generator of rest) {
        this.expression(generator.iter);
        this.clause(generator);
      }
      if (node.kind === "DictComp") {
        this.expression(node.key);
        this.expression(node.value);
      } else {
        this.expression(node.elt);
      }
    });
  }

  private clause(node: Comprehension): void {
    this.target(node.target, "store");
    this.all(node.ifs);
  }

  private named(target: Name): void {
    if (this.scope.kind === "comprehension" && this.scope.parent !== null) {
      // Bound in the scope around; from here it is reached as a nonlocal or global would be.
      const outer = this.scope.parent;
      if (outer.kind === "module" || outer.globals.has(target.id)) {
        this.root.bind(target.id);
        this.scope.globals.add(target.id);
      } else {
        if (!outer.nonlocals.has(target.id)) {
          outer.bind(target.id);
        }
        this.scope.nonlocals.add(target.id);
      }
    }
    this.record(target, target.id, "store");
  }
}
