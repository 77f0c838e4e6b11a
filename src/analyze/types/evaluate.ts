/**
 * The type of an expression, given those of all variables, fields and results. Used by `infer.ts`
 * until nothing changes any more, and afterwards for the answers.
 */
import type {
  Attribute,
  Await,
  ClassDef,
  CmpOperator,
  Constant,
  Expr,
  FunctionNode,
  Subscript,
} from "../../parser/ast.js";
import { methodDecorator } from "../decorators.js";
import type { Hierarchy } from "../hierarchy.js";
import { type Modules, type ModuleView, meaning } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import type { Annotations } from "./annotation.js";
import { elementOf, rangeElements } from "./builtin-results.js";
import { CallTypes } from "./call-types.js";
import type { Cell, Cells } from "./cell.js";
import { viewElement } from "./method-results.js";
import { invert, negate, operate } from "./operators.js";
import { BYTE, exactly } from "./range.js";
import { runtimeConstant, runtimeStatic } from "./runtime-results.js";
import {
  type Atom,
  intIn,
  join,
  joinAll,
  just,
  type Known,
  type Mutable,
  NOTHING,
  type Type,
  tupleOf,
  tupleOfAny,
  unsure,
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

/** What exceptions have by themselves. */
const EXCEPTION_FIELDS: ReadonlySet<string> = new Set(["args", "errno", "value"]);

export class Evaluator {
  private readonly calls: CallTypes;
  private readonly made = new Map<Expr, Cell>();

  constructor(
    readonly world: World,
    readonly known: Knowledge,
    readonly annotations: Annotations,
    private readonly cells: Cells,
  ) {
    this.calls = new CallTypes(this);
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
        return this.attribute(node, view);
      case "Call":
        return this.calls.type(node, view);
      case "Await":
        return this.awaited(node, view);
      case "Subscript":
        return this.subscript(node, view);
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

  private subscript(node: Subscript, view: ModuleView): Type {
    const whole = this.type(node.value, view);
    if (whole === null || whole.size === 0) return whole;
    const parts = [...whole].map((atom) => this.part(atom, whole, node.slice));
    const all = joinAll(parts);
    return whole.sure ? all : unsure(all);
  }

  private part(atom: Atom, whole: Known, at: Expr): Type {
    const isSlice = at.kind === "Slice";
    switch (atom) {
      case "None":
        return NOTHING;
      case "str":
        return just("str");
      case "bytes":
      case "bytearray":
        return isSlice ? just(atom) : intIn(BYTE);
      case "list":
        return isSlice
          ? just("list", { cells: new Map([...whole.cells].filter(([kind]) => kind === "list")) })
          : (whole.cells.get("list")?.value ?? null);
      case "dict":
        return isSlice ? null : (whole.cells.get("dict")?.value ?? null);
      case "tuple":
        return tuplePart(whole, at);
      default:
        return null;
    }
  }

  // ---- names and attributes ------------------------------------------------------------------

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

  private global(module: string, name: string, depth: number): Type {
    const binding = this.world.views.get(module)?.table.root.bindings.get(name);
    return binding === undefined || depth > 20 || this.world.storedElsewhere(module, name)
      ? null
      : this.variable(binding, module, depth);
  }

  private attribute(node: Attribute, view: ModuleView): Type {
    const base = meaning(node.value, view, this.world);
    if (base?.kind === "runtime" && !this.world.storedAsAttribute(node.attr)) {
      return runtimeStatic(`${base.module}.${base.name}`, node.attr);
    }
    if (base !== null) {
      if (base.kind !== "module" || this.world.moduleStores.has(node.attr)) return null;
      return base.target.kind === "project"
        ? this.global(base.target.module, node.attr, 0)
        : runtimeConstant(base.target.module, node.attr);
    }
    const receiver = this.type(node.value, view);
    if (
      receiver === null ||
      this.world.dunders.has("__getattr__") ||
      this.world.dunders.has("__get__")
    ) {
      return null;
    }
    const type = joinAll([...receiver].map((atom) => this.member(atom, node.attr)));
    return receiver.sure ? type : unsure(type);
  }

  private member(atom: Atom, name: string): Type {
    if (atom === "None") return NOTHING;
    if (typeof atom === "string") return null;
    const { hierarchy } = this.world;
    let type = this.known.field(atom, name);
    for (const one of [atom, ...hierarchy.subclasses(atom)]) {
      if (this.mayComeFromBase(one, name)) return null;
      const method = hierarchy.method(one, name);
      if (method !== null) {
        const isProperty =
          method.decorator_list.length === 1 &&
          methodDecorator(method.decorator_list[0] as Expr, () => true)?.kind === "property";
        type = isProperty ? join(type, this.known.result(method)) : null;
      }
    }
    return type;
  }

  /** A base that is no class of the program may set the attribute. */
  private mayComeFromBase(node: ClassDef, name: string): boolean {
    const { hierarchy } = this.world;
    return hierarchy.chain(node).some((one) =>
      hierarchy.classes.get(one)?.bases.some((base) => {
        switch (base.kind) {
          case "class":
          case "object":
            return false;
          case "runtime-class":
            // What a class of the runtime sets has a public name that it documents.
            return base.module === null ? EXCEPTION_FIELDS.has(name) : !name.startsWith("_");
          default:
            return true;
        }
      }),
    );
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

/** The item, or the part, of a tuple. */
function tuplePart({ tuple }: Known, at: Expr): Type {
  if (tuple === null) return at.kind === "Slice" ? tupleOfAny(null) : null;
  const { each, any } = tuple;
  if (at.kind === "Slice") {
    const [low, high] = [literal(at.lower), literal(at.upper)];
    const known = each !== null && low !== null && high !== null && at.step === null;
    return known ? tupleOf(each.slice(low ?? undefined, high ?? undefined)) : tupleOfAny(any);
  }
  const index = literal(at);
  return (each !== null && typeof index === "number" ? each.at(index) : undefined) ?? any;
}

/** The value of a small int literal; undefined where there is none, null where it is not known. */
function literal(node: Expr | null): number | null | undefined {
  if (node === null) return undefined;
  if (node.kind === "UnaryOp" && node.op === "USub") {
    const value = literal(node.operand);
    return typeof value === "number" ? -value : null;
  }
  return node.kind === "Constant" && node.value.type === "int" ? Number(node.value.value) : null;
}
