/**
 * The type of an expression, given those of all variables, fields and results. Used by `infer.ts`
 * until nothing changes any more, and afterwards for the answers.
 */
import type {
  Await,
  ClassDef,
  CmpOperator,
  Constant,
  Expr,
  FunctionNode,
} from "../../parser/ast.js";
import type { Hierarchy } from "../hierarchy.js";
import { type Modules, type ModuleView, meaning } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import type { Annotations } from "./annotation.js";
import { AttributeTypes } from "./attribute-types.js";
import { elementOf, rangeElements } from "./builtin-results.js";
import { CallTypes } from "./call-types.js";
import type { Cell, Cells } from "./cell.js";
import { viewElement } from "./method-results.js";
import { invert, negate, operate } from "./operators.js";
import { exactly } from "./range.js";
import { runtimeConstant } from "./runtime-results.js";
import { subscript } from "./subscript.js";
import {
  intIn,
  join,
  joinAll,
  just,
  type Mutable,
  NOTHING,
  type Type,
  tupleOf,
  tupleOfAny,
} from "./type.js";

/** Where the current knowledge is kept. */
export interface Knowledge {
  readonly binding: (binding: BindingRecord) => Type;
  readonly field: (owner: ClassDef, name: string) => Type;
  /** What calling the function gives: of coroutines what awaiting it gives. */
  readonly result: (node: FunctionNode) => Type;
}

export interface World extends Modules {
  readonly hierarchy: Hierarchy;
  readonly dunders: ReadonlySet<string>;
  readonly flavours: ReadonlyMap<FunctionNode, "plain" | "generator" | "coroutine">;
  /** The global may be assigned in ways that are not in view. */
  readonly storedElsewhere: (module: string, name: string) => boolean;
  /** Objects may have something else under the name than the method of their class. */
  readonly storedAsAttribute: (name: string) => boolean;
}

const COMPARE_DUNDERS: Readonly<Record<CmpOperator, readonly string[]>> = {
  Eq: ["__eq__", "__ne__"],
  NotEq: ["__eq__", "__ne__"],
  Lt: ["__lt__", "__gt__"],
  LtE: ["__le__", "__ge__"],
  Gt: ["__gt__", "__lt__"],
  GtE: ["__ge__", "__le__"],
  Is: [],
  IsNot: [],
  In: [],
  NotIn: [],
};

export class Evaluator {
  private readonly calls: CallTypes;
  private readonly attributes: AttributeTypes;
  private readonly made = new Map<Expr, Cell>();

  constructor(
    readonly world: World,
    readonly known: Knowledge,
    readonly annotations: Annotations,
    private readonly cells: Cells,
  ) {
    this.calls = new CallTypes(this);
    this.attributes = new AttributeTypes(this);
  }

  type(node: Expr, view: ModuleView): Type {
    const of = (part: Expr): Type => this.type(part, view);
    switch (node.kind) {
      case "Constant":
        return constant(node);
      case "JoinedStr":
        return just("str");
      case "List":
        return this.container(
          node,
          "list",
          joinAll(node.elts.map((item) => this.item(item, view))),
        );
      case "Set":
        return this.container(node, "set", joinAll(node.elts.map((item) => this.item(item, view))));
      case "ListComp":
        return this.container(node, "list", of(node.elt));
      case "SetComp":
        return this.container(node, "set", of(node.elt));
      case "Tuple":
        return node.elts.some((item) => item.kind === "Starred")
          ? tupleOfAny(joinAll(node.elts.map((item) => this.item(item, view))))
          : tupleOf(node.elts.map(of));
      case "Dict": {
        const isOpen = node.keys.some((key) => key === null);
        const keys = node.keys.flatMap((key) => (key === null ? [] : [of(key)]));
        return this.container(
          node,
          "dict",
          isOpen ? null : joinAll(node.values.map(of)),
          isOpen ? null : joinAll(keys),
        );
      }
      case "DictComp":
        return this.container(node, "dict", of(node.value), of(node.key));
      case "Compare":
        return node.ops.every((op) =>
          COMPARE_DUNDERS[op].every((name) => !this.world.dunders.has(name)),
        )
          ? just("bool")
          : null;
      case "BoolOp":
        return this.alternatives(node.op, node.values.map(of));
      case "IfExp":
        return join(of(node.body), of(node.orelse));
      case "NamedExpr":
        return of(node.value);
      case "UnaryOp":
        return node.op === "Not"
          ? just("bool")
          : node.op === "Invert"
            ? invert(of(node.operand))
            : negate(of(node.operand));
      case "BinOp":
        return this.binary(node, view);
      case "Name":
        return this.name(node, view);
      case "Attribute":
        return this.attributes.type(node, view);
      case "Call":
        return this.calls.type(node, view);
      case "Await":
        return this.awaited(node, view);
      case "Subscript":
        return subscript(of(node.value), node.slice);
      default:
        return null;
    }
  }

  /** `a or b` is never an `a` that is None. */
  private alternatives(op: "And" | "Or", types: readonly Type[]): Type {
    const last = types.length - 1;
    return joinAll(
      types.map((type, i) =>
        op === "Or" && i < last && type !== null ? type.without("None") : type,
      ),
    );
  }

  private awaited({ value }: Await, view: ModuleView): Type {
    return value.kind === "Call" ? this.calls.awaited(value, view) : null;
  }

  /** The value of an element of a display. */
  private item(node: Expr, view: ModuleView): Type {
    return node.kind === "Starred" ? this.element(node.value, view) : this.type(node, view);
  }

  /** The container that an expression makes: one cell for each place in the text. */
  container(node: Expr, kind: Mutable, value: Type, key: Type = NOTHING): Type {
    let cell = this.made.get(node);
    if (cell === undefined) {
      cell = this.cells.create();
      this.made.set(node, cell);
    }
    cell.put(value, key);
    return just(kind, { cells: new Map([[kind, cell.root()]]) });
  }

  private binary(node: Extract<Expr, { kind: "BinOp" }>, view: ModuleView): Type {
    const parts: Extract<Expr, { kind: "BinOp" }>[] = [];
    let at = node;
    while (at.kind === "BinOp") {
      parts.push(at);
      at = at.left as typeof at;
    }
    let type = this.type(at, view);
    for (const part of parts.reverse()) {
      type = operate(part.op, type, this.type(part.right, view));
    }
    return type;
  }

  // ---- names ------------------------------------------------------------------

  private name(node: Extract<Expr, { kind: "Name" }>, view: ModuleView): Type {
    const binding = view.table.bindingOf.get(node);
    return binding === undefined ? null : this.variable(binding, view.name, 0);
  }

  /** The value of a variable, followed through imports. */
  variable(binding: BindingRecord, module: string, depth: number): Type {
    if (binding.kind === "class") return null;
    if (binding.kind === "global" && this.world.storedElsewhere(module, binding.name)) return null;
    const { imported } = binding;
    if (imported === null) return this.known.binding(binding);
    if (imported.name === null) return null;
    return imported.target.kind === "project"
      ? this.global(imported.target.module, imported.name, depth + 1)
      : runtimeConstant(imported.target.module, imported.name);
  }

  global(module: string, name: string, depth: number): Type {
    const binding = this.world.views.get(module)?.table.root.bindings.get(name);
    return binding === undefined || depth > 20 || this.world.storedElsewhere(module, name)
      ? null
      : this.variable(binding, module, depth);
  }

  /** What iterating gives. */
  element(node: Expr, view: ModuleView): Type {
    if (node.kind === "Call") {
      const special = this.callElement(node, view);
      if (special !== undefined) return special;
    }
    return elementOf(this.type(node, view));
  }

  /** Iterators that have no type of their own here. */
  private callElement(node: Extract<Expr, { kind: "Call" }>, view: ModuleView): Type | undefined {
    const of = (arg: Expr): Type => this.element(arg, view);
    const callee = meaning(node.func, view, this.world);
    if (callee?.kind === "builtin") {
      const [first] = node.args;
      switch (callee.name) {
        case "range":
          return rangeElements(this.calls.arguments(node, view));
        case "enumerate":
          return first === undefined || node.args.length > 1 || node.keywords.length > 0
            ? null
            : tupleOf([intIn({ low: 0, high: 2 ** 32 }), of(first)]);
        case "zip":
          return node.args.some(({ kind }) => kind === "Starred")
            ? null
            : tupleOf(node.args.map(of));
        case "reversed":
          return first === undefined ? null : of(first);
        case "map":
        case "filter":
          return null;
      }
    }
    if (node.func.kind !== "Attribute" || node.args.length > 0) return undefined;
    const whole = this.type(node.func.value, view);
    const element = viewElement(whole, node.func.attr);
    return element ?? undefined;
  }
}

const LITERALS = {
  None: "None",
  bool: "bool",
  float: "float",
  str: "str",
  bytes: "bytes",
} as const;

function constant({ value }: Constant): Type {
  if (value.type === "int") return intIn(exactly(value.value));
  return value.type === "Ellipsis" || value.type === "complex" ? null : just(LITERALS[value.type]);
}
