/**
 * Goes through a module scope by scope, in the order of MicroPython's first pass, and reports what
 * that pass refuses: misplaced `return`, `yield`, `await`, `break`; `global` and `nonlocal` that
 * come too late; bad targets. Called by `parse.ts` when the text had no syntax errors.
 */
import type { AsyncFunctionDef, ClassDef, FunctionDef, If, Module, Stmt, While } from "../ast.js";
import type { Report } from "../scan.js";
import { constantTruth } from "./constant-truth.js";
import { findConstants } from "./constants.js";
import { ScopeExpressions } from "./scope-expressions.js";
import { ScopeReader } from "./scope-reader.js";
import { ScopeTable } from "./scope-table.js";
import { checkAugTarget, checkDelete } from "./targets.js";
import type { Visitors } from "./visitors.js";

export function checkScopes(module: Module, report: Report): void {
  const reader = new ScopeReader();
  const expressions = new ScopeExpressions(reader, report, findConstants(module, report));
  new ScopeStatements(reader, expressions, report).block(module.body);
  reader.readDeferred();
}

class ScopeStatements {
  constructor(
    private readonly reader: ScopeReader,
    private readonly expressions: ScopeExpressions,
    private readonly report: Report,
  ) {}

  block(body: readonly Stmt[]): void {
    for (const statement of body) {
      const visit = this.#statements[statement.kind] as (node: Stmt) => void;
      visit(statement);
    }
  }

  #loop(body: readonly Stmt[]): void {
    this.reader.loopDepth++;
    this.block(body);
    this.reader.loopDepth--;
  }

  readonly #statements: Visitors<Stmt> = {
    FunctionDef: (node) => this.#function(node),
    AsyncFunctionDef: (node) => this.#function(node),
    ClassDef: (node) => this.#class(node),
    Return: (node) => {
      if (this.reader.scope.kind !== "function") this.report("MPY2012", {}, node.span);
      if (node.value !== null) this.expressions.load(node.value);
    },
    Delete: (node) => {
      for (const target of node.targets) checkDelete(target, this.expressions);
    },
    Assign: (node) => {
      this.expressions.load(node.value);
      for (const target of node.targets) this.expressions.target(target);
    },
    AugAssign: (node) => {
      if (node.target.kind === "Name") this.expressions.load(node.target);
      this.expressions.load(node.value);
      checkAugTarget(node.target, this.expressions);
    },
    AnnAssign: (node) => {
      // The annotation is not compiled; without a value nothing is but the declaration.
      if (node.value !== null) {
        this.expressions.load(node.value);
        this.expressions.target(node.target);
      } else if (node.target.kind === "Name" && this.reader.scope.kind === "function") {
        this.reader.scope.declareLocal(node.target.id);
      }
    },
    For: (node) => {
      this.expressions.load(node.iter);
      this.expressions.target(node.target);
      this.#loop(node.body);
      this.block(node.orelse);
    },
    AsyncFor: (node) => {
      this.#requireAsync("for", node);
      this.expressions.load(node.iter);
      this.expressions.target(node.target);
      this.#loop(node.body);
      this.block(node.orelse);
    },
    While: (node) => this.#while(node),
    If: (node) => this.#if(node),
    With: (node) => this.#with(node),
    AsyncWith: (node) => {
      this.#requireAsync("with", node);
      this.#with(node);
    },
    Raise: (node) => this.expressions.loadAll([node.exc, node.cause]),
    Try: (node) => {
      this.block(node.body);
      for (const handler of node.handlers) {
        if (handler.type !== null) this.expressions.load(handler.type);
        if (handler.name !== null) this.expressions.store(handler.name);
        this.block(handler.body);
      }
      this.block(node.orelse);
      this.block(node.finalbody);
    },
    Assert: (node) => this.expressions.loadAll([node.test, node.msg]),
    Import: (node) => {
      for (const { name, asname } of node.names)
        this.expressions.store(asname ?? name.replace(/\..*/, ""));
    },
    ImportFrom: (node) => {
      for (const { name, asname } of node.names) {
        if (name !== "*") this.expressions.store(asname ?? name);
        else if (this.reader.scope.kind !== "module") this.report("MPY2020", {}, node.span);
      }
    },
    Global: (node) => {
      for (const name of node.names) {
        if (!this.reader.scope.declareGlobal(name)) this.report("MPY2016", { name }, node.span);
      }
    },
    Nonlocal: (node) => {
      if (this.reader.scope.kind === "module") {
        this.report("MPY2019", {}, node.span);
        return;
      }
      for (const name of node.names) {
        const result = this.reader.scope.declareNonlocal(name);
        if (result === "used-before") this.report("MPY2017", { name }, node.span);
        if (result === "no-binding") this.report("MPY2018", { name }, node.span);
      }
    },
    Expr: (node) => this.expressions.load(node.value),
    Pass: () => {},
    Break: (node) => {
      if (this.reader.loopDepth === 0) this.report("MPY2011", { word: "break" }, node.span);
    },
    Continue: (node) => {
      if (this.reader.loopDepth === 0) this.report("MPY2011", { word: "continue" }, node.span);
    },
  };

  /** `async for` and `async with` need a scope that is known to be a generator by then. */
  #requireAsync(statement: string, node: Stmt): void {
    const place = { start: node.span.start, end: node.span.start + "async".length };
    if (!this.reader.scope.isGenerator) this.report("MPY2015", { statement }, place);
    this.reader.scope.isGenerator = true;
  }

  #function(node: FunctionDef | AsyncFunctionDef): void {
    for (const decorator of node.decorator_list) this.expressions.load(decorator);
    this.expressions.defaults(node.args);
    const scope = new ScopeTable("function", this.reader.scope);
    scope.isGenerator = node.kind === "AsyncFunctionDef";
    this.reader.defer(scope, () => {
      this.reader.hasParameters = this.reader.parameters(node.args);
      this.block(node.body);
    });
    // Not a target: a constant of that name does not stand for it here.
    this.expressions.store(node.name);
  }

  #class(node: ClassDef): void {
    for (const decorator of node.decorator_list) this.expressions.load(decorator);
    for (const base of node.bases) this.expressions.argument(base);
    for (const keyword of node.keywords) this.expressions.load(keyword.value);
    const scope = new ScopeTable("class", this.reader.scope);
    this.reader.defer(scope, () => {
      scope.declareLocal("__class__");
      this.block(node.body);
    });
    // Not a target: a constant of that name does not stand for it here.
    this.expressions.store(node.name);
  }

  #with(node: Stmt & { kind: "With" | "AsyncWith" }): void {
    for (const item of node.items) {
      this.expressions.load(item.context_expr);
      if (item.optional_vars !== null) this.expressions.target(item.optional_vars);
    }
    this.block(node.body);
  }

  #while(node: While): void {
    if (constantTruth(node.test) !== false) {
      this.#loop(node.body);
      this.expressions.load(node.test);
    }
    this.block(node.orelse);
  }

  /** Branches that a constant rules out are not compiled, whatever stands in them. */
  #if(node: If): void {
    const truth = constantTruth(node.test);
    if (truth !== false) {
      this.expressions.load(node.test);
      this.block(node.body);
    }
    if (truth !== true) this.block(node.orelse);
  }
}
