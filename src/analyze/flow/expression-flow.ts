/**
 * What expressions and targets read and bind, in the order in which they are evaluated. Called by
 * `statement-flow.ts`. All methods change the state that they are given.
 */
import type { Arguments, Expr, FunctionNode } from "../../parser/ast.js";
import type { ComprehensionNode } from "../analysis.js";
import { children } from "../walk.js";
import type { Ledger } from "./ledger.js";
import type { State } from "./state.js";

export class ExpressionFlow {
  constructor(private readonly ledger: Ledger) {}

  optional(node: Expr | null, state: State): void {
    if (node !== null) this.expression(node, state);
  }

  all(nodes: readonly Expr[], state: State): void {
    for (const node of nodes) this.expression(node, state);
  }

  expression(node: Expr, state: State): void {
    switch (node.kind) {
      case "Name":
        this.ledger.load(node, state);
        return;
      case "BoolOp": {
        const [first, ...rest] = node.values;
        this.optional(first ?? null, state);
        // Later operands may not run: what they bind is known to each other only.
        this.all(rest, new Set(state));
        return;
      }
      case "NamedExpr":
        this.expression(node.value, state);
        this.ledger.store(node.target, state);
        return;
      case "BinOp": {
        let at: Expr = node;
        const rights: Expr[] = [];
        while (at.kind === "BinOp") {
          rights.push(at.right);
          at = at.left;
        }
        this.expression(at, state);
        this.all(rights.reverse(), state);
        return;
      }
      case "Lambda":
        this.created(node, state);
        return;
      case "IfExp":
        this.expression(node.test, state);
        this.expression(node.body, new Set(state));
        this.expression(node.orelse, new Set(state));
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(node, state);
        return;
      default:
        for (const child of children(node)) this.optional(child as Expr | null, state);
    }
  }

  /** A function or lambda: its defaults are evaluated now, its body later. */
  created(node: FunctionNode, state: State): void {
    this.defaults(node.args, state);
    if (node.kind !== "Lambda") this.ledger.store(node, state);
    this.ledger.defer(node, state);
  }

  private defaults(args: Arguments, state: State): void {
    this.all(args.defaults, state);
    for (const value of args.kw_defaults) this.optional(value, state);
  }

  private comprehension(node: ComprehensionNode, state: State): void {
    const inner = node.kind === "GeneratorExp" ? this.ledger.weaken(state) : new Set(state);
    for (const [i, generator] of node.generators.entries()) {
      this.expression(generator.iter, i === 0 ? state : inner);
      this.target(generator.target, inner);
      this.all(generator.ifs, inner);
    }
    this.all(node.kind === "DictComp" ? [node.key, node.value] : [node.elt], inner);
  }

  /** What an assignment binds, and what it evaluates to find the place. */
  target(node: Expr, state: State): void {
    switch (node.kind) {
      case "Name":
        this.ledger.store(node, state);
        return;
      case "Tuple":
      case "List":
        for (const element of node.elts) this.target(element, state);
        return;
      case "Starred":
        this.target(node.value, state);
        return;
      default:
        this.expression(node, state);
    }
  }

  delete(node: Expr, state: State): void {
    if (node.kind === "Name") {
      this.ledger.load(node, state);
      const binding = this.ledger.table.bindingOf.get(node);
      if (binding !== undefined) state.delete(binding);
    } else if (node.kind === "Tuple" || node.kind === "List") {
      for (const element of node.elts) this.delete(element, state);
    } else {
      this.expression(node, state);
    }
  }
}
