/**
 * Scopes and names within expressions: comprehensions and lambdas have scopes of their own, `:=` stores
 * to the scope around a comprehension. Called by `scope-builder.ts` for the expressions of statements.
 */
import type { Arguments, Comprehension, Expr, Name } from "../parser/ast.js";
import type { ComprehensionNode } from "./analysis.js";
import type { ScopeRecorder } from "./scope-recorder.js";
import { children } from "./walk.js";

/** Calling one of these makes every name of the scope reachable by a string. */
const DYNAMIC: ReadonlySet<string> = new Set(["exec", "eval", "globals", "locals", "execfile"]);

export class ExpressionScopes {
  constructor(private readonly recorder: ScopeRecorder) {}

  optional(node: Expr | null): void {
    if (node !== null) this.expression(node);
  }

  all(nodes: readonly Expr[]): void {
    for (const node of nodes) this.expression(node);
  }

  defaults(args: Arguments): void {
    this.all(args.defaults);
    for (const value of args.kw_defaults) this.optional(value);
  }

  target(node: Expr, use: "store" | "delete"): void {
    switch (node.kind) {
      case "Name":
        this.recorder.record(node, node.id, use);
        return;
      case "Tuple":
      case "List":
        for (const element of node.elts) this.target(element, use);
        return;
      case "Starred":
        this.target(node.value, use);
        return;
      default:
        this.expression(node);
    }
  }

  expression(node: Expr): void {
    const { recorder } = this;
    switch (node.kind) {
      case "Name":
        recorder.record(node, node.id, "load");
        return;
      case "NamedExpr":
        this.expression(node.value);
        this.named(node.target);
        return;
      case "BinOp":
        this.binary(node);
        return;
      case "Lambda":
        this.defaults(node.args);
        recorder.inScope("lambda", node, () => {
          recorder.parameters(node.args);
          this.expression(node.body);
        });
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(node);
        return;
      case "Call":
        if (node.func.kind === "Name" && DYNAMIC.has(node.func.id)) {
          recorder.scope.usesDynamicNames = true;
        }
        this.parts(node);
        return;
      default:
        this.parts(node);
    }
  }

  private parts(node: Expr): void {
    for (const child of children(node)) this.optional(child as Expr | null);
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
    this.all(rights.reverse());
  }

  /** The first iterable belongs to the scope around. */
  private comprehension(node: ComprehensionNode): void {
    const [first, ...rest] = node.generators;
    if (first === undefined) return;
    this.expression(first.iter);
    this.recorder.inScope("comprehension", node, () => {
      this.clause(first);
      for (const generator of rest) {
        this.expression(generator.iter);
        this.clause(generator);
      }
      this.all(node.kind === "DictComp" ? [node.key, node.value] : [node.elt]);
    });
  }

  private clause(node: Comprehension): void {
    this.target(node.target, "store");
    this.all(node.ifs);
  }

  private named(target: Name): void {
    const { scope, root } = this.recorder;
    if (scope.kind === "comprehension" && scope.parent !== null) {
      // Bound in the scope around; from here it is reached as a nonlocal or global would be.
      const outer = scope.parent;
      if (outer.kind === "module" || outer.globals.has(target.id)) {
        root.bind(target.id);
        scope.globals.add(target.id);
      } else {
        if (!outer.nonlocals.has(target.id)) outer.bind(target.id);
        scope.nonlocals.add(target.id);
      }
    }
    this.recorder.record(target, target.id, "store");
  }
}
