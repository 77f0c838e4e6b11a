/**
 * What is surely bound behind each statement, and whether its end is reached: one frame's walk forward
 * over its statements. Called by `flow.ts` for the module and for every function.
 */
import type { ClassDef, Expr, Import, ImportFrom, Stmt, Try, WithItem } from "../../parser/ast.js";
import { constantTruth } from "../constants.js";
import { ExpressionFlow } from "./expression-flow.js";
import type { Ledger } from "./ledger.js";
import { join, type State } from "./state.js";

interface Loop {
  breaks: State | null;
}

export class StatementFlow {
  /** `return x` and `return` that have been met. */
  valued = 0;
  bare = 0;
  private loops: Loop[] = [];
  private readonly expressions: ExpressionFlow;

  constructor(
    private readonly ledger: Ledger,
    /** A `with` may swallow an exception. */
    private readonly withMaySuppress: boolean,
  ) {
    this.expressions = new ExpressionFlow(ledger);
  }

  block(body: readonly Stmt[], entry: State | null): State | null {
    let state = entry;
    for (const statement of body) state = this.statement(statement, state);
    return state;
  }

  /** Changes and returns the state; null where the end of the statement is not reached. */
  statement(node: Stmt, entry: State | null): State | null {
    if (entry === null) {
      this.unreachable(node);
      return null;
    }
    const state = this.reachable(node, entry);
    this.ledger.noteEnd(node, state !== null);
    return state;
  }

  private unreachable(node: Stmt): void {
    const { loops, valued, bare } = this;
    this.loops = [{ breaks: null }];
    this.ledger.dead(() => this.reachable(node, new Set()));
    this.loops = loops;
    this.valued = valued;
    this.bare = bare;
  }

  private reachable(node: Stmt, state: State): State | null {
    const { expressions } = this;
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        expressions.all(node.decorator_list, state);
        expressions.created(node, state);
        return state;
      case "ClassDef":
        return this.class(node, state);
      case "Return":
        expressions.optional(node.value, state);
        if (node.value === null) this.bare++;
        else this.valued++;
        return null;
      case "Delete":
        for (const target of node.targets) expressions.delete(target, state);
        return state;
      case "Assign":
        expressions.expression(node.value, state);
        for (const target of node.targets) expressions.target(target, state);
        return state;
      case "AugAssign":
        expressions.all([node.target, node.value], state);
        expressions.target(node.target, state);
        return state;
      case "AnnAssign":
        if (node.value === null) return state;
        expressions.expression(node.value, state);
        expressions.target(node.target, state);
        return state;
      case "For":
      case "AsyncFor":
        expressions.expression(node.iter, state);
        return this.loop(node, state, (entry) => expressions.target(node.target, entry));
      case "While":
        return this.loop(
          node,
          state,
          (entry) => expressions.expression(node.test, entry),
          node.test,
        );
      case "If": {
        expressions.expression(node.test, state);
        const truth = constantTruth(node.test);
        const body = this.block(node.body, truth === false ? null : new Set(state));
        const orelse = this.block(node.orelse, truth === true ? null : state);
        return join(body, orelse);
      }
      case "With":
      case "AsyncWith":
        return this.with(node.items, node.body, state);
      case "Raise":
        expressions.optional(node.exc, state);
        expressions.optional(node.cause, state);
        return null;
      case "Try":
        return this.try(node, state);
      case "Assert":
        expressions.expression(node.test, state);
        expressions.optional(node.msg, new Set(state));
        return state;
      case "Import":
      case "ImportFrom":
        return this.import(node, state);
      case "Expr":
        expressions.expression(node.value, state);
        return state;
      case "Break": {
        const loop = this.loops.at(-1);
        if (loop !== undefined) loop.breaks = join(loop.breaks, this.ledger.weaken(state));
        return null;
      }
      case "Continue":
        return null;
      case "Global":
      case "Nonlocal":
      case "Pass":
        return state;
    }
  }

  private class(node: ClassDef, state: State): State {
    this.expressions.all(node.decorator_list, state);
    this.expressions.all(node.bases, state);
    for (const { value } of node.keywords) this.expressions.expression(value, state);
    // The body is straight code of this frame.
    const result = this.block(node.body, new Set(state)) ?? state;
    this.ledger.store(node, result);
    return result;
  }

  private import(node: Import | ImportFrom, state: State): State {
    for (const alias of node.names) {
      if (alias.name !== "*") {
        this.ledger.store(alias, state);
        continue;
      }
      for (const binding of this.ledger.table.root.bindings.values()) {
        if (binding.star === alias) state.add(binding);
      }
    }
    return state;
  }

  /** `enter` walks the head of the loop, which a condition ends: it is walked at the end too. */
  private loop(
    { body, orelse }: { readonly body: readonly Stmt[]; readonly orelse: readonly Stmt[] },
    state: State,
    enter: (entry: State) => void,
    condition: Expr | null = null,
  ): State | null {
    const truth = condition === null ? null : constantTruth(condition);
    const head = this.ledger.weaken(state);
    const loop: Loop = { breaks: null };
    const entry = new Set(head);
    enter(entry);
    this.loops.push(loop);
    this.block(body, truth === false ? null : entry);
    this.loops.pop();
    const exits = truth !== true;
    if (exits && condition !== null) enter(head);
    return join(this.block(orelse, exits ? head : null), loop.breaks);
  }

  private with(items: readonly WithItem[], body: readonly Stmt[], state: State): State | null {
    for (const item of items) this.expressions.expression(item.context_expr, state);
    const entry = new Set(state);
    for (const { optional_vars: target } of items) {
      if (target !== null) this.expressions.target(target, entry);
    }
    const swallowed = this.withMaySuppress ? this.ledger.weaken(state) : null;
    return join(this.block(body, entry), swallowed);
  }

  private try(node: Try, state: State): State | null {
    const failed = this.ledger.weaken(state);
    const body = this.block(node.body, state);
    let result = this.block(node.orelse, body);
    for (const handler of node.handlers) {
      const entry = new Set(failed);
      this.expressions.optional(handler.type, entry);
      if (handler.name !== null) this.ledger.store(handler, entry);
      const after = this.block(handler.body, entry);
      const binding = handler.name === null ? undefined : this.ledger.table.bindingOf.get(handler);
      if (binding !== undefined) after?.delete(binding);
      this.ledger.noteEnd(handler, after !== null);
      result = join(result, after);
    }
    if (node.finalbody.length === 0) return result;
    const finished = this.block(node.finalbody, failed);
    if (finished === null || result === null) return null;
    // Once more from the normal end, for what is bound after it.
    const { valued, bare } = this;
    const normal = result;
    const end = this.ledger.repeated(() => this.block(node.finalbody, normal));
    this.valued = valued;
    this.bare = bare;
    return end;
  }
}
