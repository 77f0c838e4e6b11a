/**
 * The expressions of a scope, in the order of MicroPython's first pass: names, `:=`, misplaced `yield` and
 * `await`, the scopes of lambdas and comprehensions. Called by `scopes.ts` and `targets.ts`.
 */
import type { Arguments, Comprehension, Expr, Lambda } from "../ast.js";
import type { Report } from "../scan.js";
import type { Constants } from "./constants.js";
import type { ScopeReader } from "./scope-reader.js";
import { ScopeTable } from "./scope-table.js";
import { checkTarget, type TargetContext } from "./targets.js";
import type { Visitors } from "./visitors.js";

export class ScopeExpressions implements TargetContext {
  constructor(
    private readonly reader: ScopeReader,
    readonly report: Report,
    readonly constants: Constants,
  ) {}

  store(name: string): void {
    this.reader.scope.store(name);
  }

  load(node: Expr): void {
    const visit = this.#expressions[node.kind] as (node: Expr) => void;
    visit(node);
  }

  loadAll(nodes: readonly (Expr | null)[]): void {
    for (const node of nodes) if (node !== null) this.load(node);
  }

  target(target: Expr): void {
    checkTarget(target, this);
  }

  defaults(args: Arguments): void {
    this.loadAll(args.defaults);
    this.loadAll(args.kw_defaults);
  }

  argument(node: Expr): void {
    this.load(node.kind === "Starred" ? node.value : node);
  }

  readonly #expressions: Visitors<Expr> = {
    BoolOp: (node) => this.loadAll(node.values),
    NamedExpr: (node) => {
      this.load(node.value);
      const name = node.target.id;
      const declared = this.reader.scope.declareNamed(name);
      const code = declared === "global" ? "MPY2016" : "MPY2017";
      if (declared !== "ok") this.report(code, { name }, node.target.span);
      this.target(node.target);
    },
    BinOp: (node) => {
      // Down the left side by a loop: sums can be long.
      const rights: Expr[] = [];
      let left: Expr = node;
      for (; left.kind === "BinOp"; left = left.left) rights.push(left.right);
      this.load(left);
      this.loadAll(rights.reverse());
    },
    UnaryOp: (node) => this.load(node.operand),
    Lambda: (node) => this.#lambda(node),
    IfExp: (node) => this.loadAll([node.test, node.body, node.orelse]),
    Dict: (node) => {
      node.values.forEach((value, i) => {
        this.loadAll([value, node.keys[i] ?? null]);
      });
    },
    Set: (node) => this.loadAll(node.elts),
    ListComp: (node) => this.#comprehension(node.generators, [node.elt]),
    SetComp: (node) => this.#comprehension(node.generators, [node.elt]),
    DictComp: (node) => this.#comprehension(node.generators, [node.value, node.key]),
    GeneratorExp: (node) => this.#comprehension(node.generators, [node.elt]),
    Await: (node) => {
      if (!this.reader.isInFunction) this.report("MPY2014", {}, node.span);
      this.load(node.value);
      this.reader.scope.isGenerator = true;
    },
    Yield: (node) => {
      if (!this.reader.isInFunction) this.report("MPY2013", {}, node.span);
      if (node.value !== null) this.load(node.value);
      this.reader.scope.isGenerator = true;
    },
    YieldFrom: (node) => {
      if (!this.reader.isInFunction) this.report("MPY2013", {}, node.span);
      this.load(node.value);
      this.reader.scope.isGenerator = true;
    },
    Compare: (node) => this.loadAll([node.left, ...node.comparators]),
    Call: (node) => {
      this.load(node.func);
      this.#checkSuper(node);
      for (const argument of node.args) this.argument(argument);
      for (const keyword of node.keywords) this.load(keyword.value);
    },
    FormattedValue: (node) => this.loadAll([node.value, node.format_spec]),
    JoinedStr: (node) => this.loadAll(node.values),
    Constant: () => {},
    Attribute: (node) => this.load(node.value),
    Subscript: (node) => this.loadAll([node.value, node.slice]),
    Starred: (node) => {
      this.report("MPY2002", {}, node.span);
      this.load(node.value);
    },
    Name: (node) => this.reader.scope.load(node.id),
    List: (node) => this.loadAll(node.elts),
    Tuple: (node) => this.loadAll(node.elts),
    Slice: (node) => this.loadAll([node.lower, node.upper, node.step]),
  };

  #checkSuper(node: Expr & { kind: "Call" }): void {
    const { func, args, keywords } = node;
    if (func.kind !== "Name" || func.id !== "super" || args.length + keywords.length > 0) return;
    if (this.reader.scope.kind !== "function") return;
    this.reader.scope.load("__class__");
    if (!this.reader.hasParameters) this.report("MPY2021", {}, node.span);
  }

  #lambda(node: Lambda): void {
    this.defaults(node.args);
    this.reader.defer(new ScopeTable("lambda", this.reader.scope), () => {
      this.reader.parameters(node.args);
      this.load(node.body);
    });
  }

  #comprehension(generators: readonly Comprehension[], elements: readonly Expr[]): void {
    const [first, ...rest] = generators;
    if (first === undefined) return;
    this.load(first.iter);
    this.reader.defer(new ScopeTable("comprehension", this.reader.scope), () => {
      this.target(first.target);
      this.loadAll(first.ifs);
      for (const generator of rest) {
        this.load(generator.iter);
        this.target(generator.target);
        this.loadAll(generator.ifs);
      }
      this.loadAll(elements);
    });
  }
}
