/**
 * Goes through a module scope by scope, in the order of MicroPython's first pass, and reports what
 * that pass refuses: misplaced `return`, `yield`, `await`, `break`; `global` and `nonlocal` that
 * come too late; bad targets. Called by `parse.ts` when the text had no syntax errors.
 */
import type {
  Arguments,
  AsyncFunctionDef,
  ClassDef,
  Comprehension,
  Expr,
  FunctionDef,
  If,
  Lambda,
  Module,
  Stmt,
  While,
} from "../ast.js";
import type { Report } from "../scan.js";
import { type Constants, findConstants } from "./constants.js";
import { ScopeTable } from "./scope-table.js";
import { checkAugTarget, checkDelete, checkTarget, type TargetContext } from "./targets.js";

export function checkScopes(module: Module, report: Report): void {
  new ScopeWalker(report, findConstants(module, report)).walk(module);
}

type Visitors<N extends { readonly kind: string }> = {
  readonly [K in N["kind"]]: (node: Extract<N, { kind: K }>) => void;
};

class ScopeWalker implements TargetContext {
  /** Scopes still to be read: MicroPython reads a scope when it is done with those before. */
  readonly #queue: (() => void)[] = [];
  #scope = new ScopeTable("module", null);
  #loopDepth = 0;
  /** Whether the function being read has a parameter for `super()` to take as self. */
  #hasParameters = false;

  constructor(
    readonly report: Report,
    readonly constants: Constants,
  ) {}

  walk(module: Module): void {
    this.#block(module.body);
    for (let i = 0; i < this.#queue.length; i++) this.#queue[i]?.();
  }

  store(name: string): void {
    this.#scope.store(name);
  }

  load(node: Expr): void {
    const visit = this.#expressions[node.kind] as (node: Expr) => void;
    visit(node);
  }

  #loadAll(nodes: readonly (Expr | null)[]): void {
    for (const node of nodes) if (node !== null) this.load(node);
  }

  #block(body: readonly Stmt[]): void {
    for (const statement of body) {
      const visit = this.#statements[statement.kind] as (node: Stmt) => void;
      visit(statement);
    }
  }

  #target(target: Expr): void {
    checkTarget(target, this);
  }

  #loop(body: readonly Stmt[]): void {
    this.#loopDepth++;
    this.#block(body);
    this.#loopDepth--;
  }

  /** Reads a nested scope later, when all before it have been read. */
  #defer(scope: ScopeTable, read: () => void): void {
    this.#queue.push(() => {
      this.#scope = scope;
      this.#loopDepth = 0;
      read();
    });
  }

  readonly #statements: Visitors<Stmt> = {
    FunctionDef: (node) => this.#function(node),
    AsyncFunctionDef: (node) => this.#function(node),
    ClassDef: (node) => this.#class(node),
    Return: (node) => {
      if (this.#scope.kind !== "function") this.report("MPY2012", {}, node.span);
      if (node.value !== null) this.load(node.value);
    },
    Delete: (node) => {
      for (const target of node.targets) checkDelete(target, this);
    },
    Assign: (node) => {
      this.load(node.value);
      for (const target of node.targets) this.#target(target);
    },
    AugAssign: (node) => {
      if (node.target.kind === "Name") this.load(node.target);
      this.load(node.value);
      checkAugTarget(node.target, this);
    },
    AnnAssign: (node) => {
      // The annotation is not compiled; without a value nothing is but the declaration.
      if (node.value !== null) {
        this.load(node.value);
        this.#target(node.target);
      } else if (node.target.kind === "Name" && this.#scope.kind === "function") {
        this.#scope.declareLocal(node.target.id);
      }
    },
    For: (node) => {
      this.load(node.iter);
      this.#target(node.target);
      this.#loop(node.body);
      this.#block(node.orelse);
    },
    AsyncFor: (node) => {
      this.#requireAsync("for", node);
      this.load(node.iter);
      this.#target(node.target);
      this.#loop(node.body);
      this.#block(node.orelse);
    },
    While: (node) => this.#while(node),
    If: (node) => this.#if(node),
    With: (node) => this.#with(node),
    AsyncWith: (node) => {
      this.#requireAsync("with", node);
      this.#with(node);
    },
    Raise: (node) => this.#loadAll([node.exc, node.cause]),
    Try: (node) => {
      this.#block(node.body);
      for (const handler of node.handlers) {
        if (handler.type !== null) this.load(handler.type);
        if (handler.name !== null) this.store(handler.name);
        this.#block(handler.body);
      }
      this.#block(node.orelse);
      this.#block(node.finalbody);
    },
    Assert: (node) => this.#loadAll([node.test, node.msg]),
    Import: (node) => {
      for (const { name, asname } of node.names) this.store(asname ?? name.replace(/\..*/, ""));
    },
    ImportFrom: (node) => {
      for (const { name, asname } of node.names) {
        if (name !== "*") this.store(asname ?? name);
        else if (this.#scope.kind !== "module") this.report("MPY2020", {}, node.span);
      }
    },
    Global: (node) => {
      for (const name of node.names) {
        if (!this.#scope.declareGlobal(name)) this.report("MPY2016", { name }, node.span);
      }
    },
    Nonlocal: (node) => {
      if (this.#scope.kind === "module") {
        this.report("MPY2019", {}, node.span);
        return;
      }
      for (const name of node.names) {
        const result = this.#scope.declareNonlocal(name);
        if (result === "used-before") this.report("MPY2017", { name }, node.span);
        if (result === "no-binding") this.report("MPY2018", { name }, node.span);
      }
    },
    Expr: (node) => this.load(node.value),
    Pass: () => {},
    Break: (node) => {
      if (this.#loopDepth === 0) this.report("MPY2011", { word: "break" }, node.span);
    },
    Continue: (node) => {
      if (this.#loopDepth === 0) this.report("MPY2011", { word: "continue" }, node.span);
    },
  };

  readonly #expressions: Visitors<Expr> = {
    BoolOp: (node) => this.#loadAll(node.values),
    NamedExpr: (node) => {
      this.load(node.value);
      const name = node.target.id;
      const declared = this.#scope.declareNamed(name);
      const code = declared === "global" ? "MPY2016" : "MPY2017";
      if (declared !== "ok") this.report(code, { name }, node.target.span);
      this.#target(node.target);
    },
    BinOp: (node) => {
      // Down the left side by a loop: sums can be long.
      const rights: Expr[] = [];
      let left: Expr = node;
      for (; left.kind === "BinOp"; left = left.left) rights.push(left.right);
      this.load(left);
      this.#loadAll(rights.reverse());
    },
    UnaryOp: (node) => this.load(node.operand),
    Lambda: (node) => this.#lambda(node),
    IfExp: (node) => this.#loadAll([node.test, node.body, node.orelse]),
    Dict: (node) => {
      node.values.forEach((value, i) => {
        this.#loadAll([value, node.keys[i] ?? null]);
      });
    },
    Set: (node) => this.#loadAll(node.elts),
    ListComp: (node) => this.#comprehension(node.generators, [node.elt]),
    SetComp: (node) => this.#comprehension(node.generators, [node.elt]),
    DictComp: (node) => this.#comprehension(node.generators, [node.value, node.key]),
    GeneratorExp: (node) => this.#comprehension(node.generators, [node.elt]),
    Await: (node) => {
      if (!this.#inFunction()) this.report("MPY2014", {}, node.span);
      this.load(node.value);
      this.#scope.isGenerator = true;
    },
    Yield: (node) => {
      if (!this.#inFunction()) this.report("MPY2013", {}, node.span);
      if (node.value !== null) this.load(node.value);
      this.#scope.isGenerator = true;
    },
    YieldFrom: (node) => {
      if (!this.#inFunction()) this.report("MPY2013", {}, node.span);
      this.load(node.value);
      this.#scope.isGenerator = true;
    },
    Compare: (node) => this.#loadAll([node.left, ...node.comparators]),
    Call: (node) => {
      this.load(node.func);
      this.#checkSuper(node);
      for (const argument of node.args) this.#argument(argument);
      for (const keyword of node.keywords) this.load(keyword.value);
    },
    FormattedValue: (node) => this.#loadAll([node.value, node.format_spec]),
    JoinedStr: (node) => this.#loadAll(node.values),
    Constant: () => {},
    Attribute: (node) => this.load(node.value),
    Subscript: (node) => this.#loadAll([node.value, node.slice]),
    Starred: (node) => {
      this.report("MPY2002", {}, node.span);
      this.load(node.value);
    },
    Name: (node) => this.#scope.load(node.id),
    List: (node) => this.#loadAll(node.elts),
    Tuple: (node) => this.#loadAll(node.elts),
    Slice: (node) => this.#loadAll([node.lower, node.upper, node.step]),
  };

  #inFunction(): boolean {
    return this.#scope.kind === "function" || this.#scope.kind === "lambda";
  }

  #argument(node: Expr): void {
    this.load(node.kind === "Starred" ? node.value : node);
  }

  /** `async for` and `async with` need a scope that is known to be a generator by then. */
  #requireAsync(statement: string, node: Stmt): void {
    const place = { start: node.span.start, end: node.span.start + "async".length };
    if (!this.#scope.isGenerator) this.report("MPY2015", { statement }, place);
    this.#scope.isGenerator = true;
  }

  #checkSuper(node: Expr & { kind: "Call" }): void {
    const { func, args, keywords } = node;
    if (func.kind !== "Name" || func.id !== "super" || args.length + keywords.length > 0) return;
    if (this.#scope.kind !== "function") return;
    this.#scope.load("__class__");
    if (!this.#hasParameters) this.report("MPY2021", {}, node.span);
  }

  #function(node: FunctionDef | AsyncFunctionDef): void {
    for (const decorator of node.decorator_list) this.load(decorator);
    this.#defaults(node.args);
    const scope = new ScopeTable("function", this.#scope);
    scope.isGenerator = node.kind === "AsyncFunctionDef";
    this.#defer(scope, () => {
      this.#hasParameters = this.#parameters(node.args);
      this.#block(node.body);
    });
    // Not a target: a constant of that name does not stand for it here.
    this.store(node.name);
  }

  #lambda(node: Lambda): void {
    this.#defaults(node.args);
    this.#defer(new ScopeTable("lambda", this.#scope), () => {
      this.#parameters(node.args);
      this.load(node.body);
    });
  }

  #defaults(args: Arguments): void {
    this.#loadAll(args.defaults);
    this.#loadAll(args.kw_defaults);
  }

  #parameters(args: Arguments): boolean {
    const { args: positional, vararg, kwonlyargs, kwarg } = args;
    const all = [...positional, vararg, ...kwonlyargs, kwarg].filter((arg) => arg !== null);
    for (const { arg } of all) this.#scope.declareLocal(arg);
    return all.length > 0;
  }

  #class(node: ClassDef): void {
    for (const decorator of node.decorator_list) this.load(decorator);
    for (const base of node.bases) this.#argument(base);
    for (const keyword of node.keywords) this.load(keyword.value);
    const scope = new ScopeTable("class", this.#scope);
    this.#defer(scope, () => {
      scope.declareLocal("__class__");
      this.#block(node.body);
    });
    // Not a target: a constant of that name does not stand for it here.
    this.store(node.name);
  }

  #comprehension(generators: readonly Comprehension[], elements: readonly Expr[]): void {
    const [first, ...rest] = generators;
    if (first === undefined) return;
    this.load(first.iter);
    this.#defer(new ScopeTable("comprehension", this.#scope), () => {
      this.#target(first.target);
      this.#loadAll(first.ifs);
      for (const generator of rest) {
        this.load(generator.iter);
        this.#target(generator.target);
        this.#loadAll(generator.ifs);
      }
      this.#loadAll(elements);
    });
  }

  #with(node: Stmt & { kind: "With" | "AsyncWith" }): void {
    for (const item of node.items) {
      this.load(item.context_expr);
      if (item.optional_vars !== null) this.#target(item.optional_vars);
    }
    this.#block(node.body);
  }

  #while(node: While): void {
    if (constantTruth(node.test) !== false) {
      this.#loop(node.body);
      this.load(node.test);
    }
    this.#block(node.orelse);
  }

  /** Branches that a constant rules out are not compiled, whatever stands in them. */
  #if(node: If): void {
    const truth = constantTruth(node.test);
    if (truth !== false) {
      this.load(node.test);
      this.#block(node.body);
    }
    if (truth !== true) this.#block(node.orelse);
  }
}

function constantTruth(node: Expr): boolean | null {
  if (node.kind === "UnaryOp" && node.op === "Not") {
    const truth = constantTruth(node.operand);
    return truth === null ? null : !truth;
  }
  if (node.kind === "BoolOp") {
    const decides = node.op === "Or";
    for (const operand of node.values) {
      const truth = constantTruth(operand);
      if (truth === null || truth === decides) return truth;
    }
    return !decides;
  }
  if (node.kind === "Tuple" && node.elts.length === 0) return false;
  if (node.kind !== "Constant") return null;
  const { value } = node;
  if (value.type === "None") return false;
  if (value.type === "bool") return value.value;
  if (value.type === "int") return value.value !== 0n;
  if (value.type === "float") return value.value !== 0;
  if (value.type === "str" || value.type === "bytes") return value.value.length > 0;
  return true;
}
