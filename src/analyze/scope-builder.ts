/**
 * First half of name resolution: walks a module once in text order and records its scopes and each
 * occurrence of a name in them. Follows MicroPython's compiler: annotations are never evaluated, and a
 * bare `x: T` makes `x` local to a function. Called by `scopes.ts`.
 */
import type { Alias, ExceptHandler, Module, Stmt } from "../parser/ast.js";
import type { ScopeNode } from "./analysis.js";
import { isAssembler } from "./decorators.js";
import { ExpressionScopes } from "./expression-scopes.js";
import type { Block, Occurrence, Position } from "./occurrence.js";
import type { ScopeRecord } from "./records.js";
import { ScopeRecorder } from "./scope-recorder.js";

export interface RawScopes {
  readonly root: ScopeRecord;
  readonly scopes: ReadonlyMap<ScopeNode, ScopeRecord>;
  readonly occurrences: readonly Occurrence[];
}

export function buildRawScopes(module: Module): RawScopes {
  const recorder = new ScopeRecorder(module);
  new ScopeBuilder(recorder).block(module.body, null, false);
  return recorder;
}

class ScopeBuilder {
  private readonly expressions: ExpressionScopes;

  constructor(private readonly recorder: ScopeRecorder) {
    this.expressions = new ExpressionScopes(recorder);
  }

  block(block: Block, parent: Position | null, inLoop: boolean): void {
    const { recorder } = this;
    for (const node of block) {
      const at = { parent, node, block, inLoop };
      recorder.position = at;
      if (node.kind === "ExceptHandler") this.handler(node, at);
      else this.statement(node, at);
    }
    recorder.position = parent;
  }

  private statement(node: Stmt, at: Position): void {
    const { recorder, expressions } = this;
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef": {
        expressions.all(node.decorator_list);
        expressions.defaults(node.args);
        const visit = () => {
          recorder.parameters(node.args);
          this.block(node.body, null, false);
        };
        recorder.inScope("function", node, visit, node.decorator_list.some(isAssembler));
        recorder.record(node, node.name, "store");
        return;
      }
      case "ClassDef":
        expressions.all(node.decorator_list);
        expressions.all(node.bases);
        expressions.all(node.keywords.map((keyword) => keyword.value));
        recorder.inScope("class", node, () => this.block(node.body, null, false));
        recorder.record(node, node.name, "store");
        return;
      case "Return":
        expressions.optional(node.value);
        return;
      case "Delete":
        for (const target of node.targets) expressions.target(target, "delete");
        return;
      case "Assign":
        expressions.expression(node.value);
        for (const target of node.targets) expressions.target(target, "store");
        return;
      case "AugAssign":
        if (node.target.kind === "Name") {
          recorder.record(node.target, node.target.id, "load");
          expressions.expression(node.value);
          recorder.record(node.target, node.target.id, "store");
        } else {
          expressions.target(node.target, "store");
          expressions.expression(node.value);
        }
        return;
      case "AnnAssign":
        if (node.value !== null) {
          expressions.expression(node.value);
          expressions.target(node.target, "store");
        } else if (node.target.kind === "Name" && recorder.scope.kind === "function") {
          recorder.scope.bind(node.target.id);
        }
        return;
      case "For":
      case "AsyncFor":
        expressions.expression(node.iter);
        expressions.target(node.target, "store");
        this.block(node.body, at, true);
        this.block(node.orelse, at, at.inLoop);
        return;
      case "While":
        expressions.expression(node.test);
        this.block(node.body, at, true);
        this.block(node.orelse, at, at.inLoop);
        return;
      case "If":
        expressions.expression(node.test);
        this.block(node.body, at, at.inLoop);
        this.block(node.orelse, at, at.inLoop);
        return;
      case "With":
      case "AsyncWith":
        for (const { context_expr: manager, optional_vars: target } of node.items) {
          expressions.expression(manager);
          if (target !== null) expressions.target(target, "store");
        }
        this.block(node.body, at, at.inLoop);
        return;
      case "Raise":
        expressions.optional(node.exc);
        expressions.optional(node.cause);
        return;
      case "Try":
        for (const block of [node.body, node.handlers, node.orelse, node.finalbody]) {
          this.block(block, at, at.inLoop);
        }
        return;
      case "Assert":
        expressions.expression(node.test);
        expressions.optional(node.msg);
        return;
      case "Import":
      case "ImportFrom":
        for (const alias of node.names) this.alias(alias);
        return;
      case "Global":
        for (const name of node.names) recorder.scope.globals.add(name);
        return;
      case "Nonlocal":
        for (const name of node.names) recorder.scope.nonlocals.add(name);
        return;
      case "Expr":
        expressions.expression(node.value);
        return;
      case "Pass":
      case "Break":
      case "Continue":
        return;
    }
  }

  private handler(node: ExceptHandler, at: Position): void {
    this.expressions.optional(node.type);
    if (node.name !== null) this.recorder.record(node, node.name, "store");
    this.block(node.body, at, at.inLoop);
  }

  private alias(node: Alias): void {
    if (node.name === "*") {
      this.recorder.scope.usesDynamicNames = true;
    } else {
      this.recorder.record(node, node.asname ?? (node.name.split(".")[0] as string), "store");
    }
  }
}
