/**
 * The type of an expression, given those of all variables, fields and results. Used by `infer.ts`
 * until nothing changes any more, and afterwards for the answers.
 */
import type {
  Attribute,
  Call,
  ClassDef,
  CmpOperator,
  Expr,
  FunctionNode,
} from "../../parser/ast.js";
import { callTarget } from "../callee.js";
import { methodDecorator } from "../decorators.js";
import type { Hierarchy } from "../hierarchy.js";
import { type Modules, type ModuleView, meaning } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import { runtimeKind } from "../tables/runtime-modules.js";
import { BUILTIN_RESULTS, METHOD_RESULTS, negate, operate, RUNTIME_RESULTS } from "./results.js";
import { type Atom, type BuiltinType, join, joinAll, just, NOTHING, type Type } from "./type.js";

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

const LITERALS: Readonly<Record<string, BuiltinType | undefined>> = {
  None: "None",
  bool: "bool",
  int: "int",
  float: "float",
  str: "str",
  bytes: "bytes",
};

/** What exceptions have by themselves. */
const EXCEPTION_FIELDS: ReadonlySet<string> = new Set(["args", "errno", "value"]);

export class Evaluator {
  constructor(
    private readonly world: World,
    private readonly known: Knowledge,
  ) {}

  type(node: Expr, view: ModuleView): Type {
    switch (node.kind) {
      case "Constant": {
        const literal = LITERALS[node.value.type];
        return literal === undefined ? null : just(literal);
      }
      case "JoinedStr":
        return just("str");
      case "List":
      case "ListComp":
        return just("list");
      case "Tuple":
        return just("tuple");
      case "Dict":
      case "DictComp":
        return just("dict");
      case "Set":
      case "SetComp":
        return just("set");
      case "Compare":
        return node.ops.every((op) =>
          COMPARE_DUNDERS[op].every((name) => !this.world.dunders.has(name)),
        )
          ? just("bool")
          : null;
      case "BoolOp":
        return joinAll(node.values.map((value) => this.type(value, view)));
      case "IfExp":
        return join(this.type(node.body, view), this.type(node.orelse, view));
      case "NamedExpr":
        return this.type(node.value, view);
      case "UnaryOp":
        return node.op === "Not" ? just("bool") : negate(this.type(node.operand, view));
      case "BinOp":
        return this.binary(node, view);
      case "Name":
        return this.name(node, view);
      case "Attribute":
        return this.attribute(node, view);
      case "Call":
        return this.call(node, view);
      case "Await":
        return node.value.kind === "Call" ? this.awaited(node.value, view) : null;
      case "Subscript": {
        const whole = this.type(node.value, view);
        if (whole?.size !== 1) {
          return whole?.size === 0 ? NOTHING : null;
        }
        const [only] = whole;
        const isSlice = node.slice.kind === "Slice";
        if (
          only === "str" ||
          (isSlice && (only === "bytes" || only === "list" || only === "tuple"))
        ) {
          return whole;
        }
        return !isSlice && (only === "bytes" || only === "bytearray") ? just("int") : null;
      }
      default:
        return null;
    }
  }

  private binary(node: Expr, view: ModuleView): Type {
    const parts: Extract<Expr, { kind: "BinOp" }>[] = [];
    let at = node;
    while (at.kind === "BinOp") {
      parts.push(at);
      at = at.left;
    }
    let type = this.type(at, view);
    for (const part of parts.reverse()) {
      type = operate(part.op, type, this.type(part.right, view));
    }
    return type;
  }

  private name(node: Extract<Expr, { kind: "Name" }>, view: ModuleView): Type {
    const binding = view.table.bindingOf.get(node);
    return binding === undefined ? null : this.variable(binding, view.name, 0);
  }

  /** The value of a variable, followed through imports. */
  variable(binding: BindingRecord, module: string, depth: number): Type {
    if (binding.kind === "class") {
      return null;
    }
    const isGlobal = binding.kind === "global";
    if (isGlobal && this.world.storedElsewhere(module, binding.name)) {
      return null;
    }
    const { imported } = binding;
    if (imported !== null) {
      return imported.name === null || imported.target.kind !== "project"
        ? null
        : this.global(imported.target.module, imported.name, depth + 1);
    }
    return this.known.binding(binding);
  }

  private global(module: string, name: string, depth: number): Type {
    const binding = this.world.views.get(module)?.table.root.bindings.get(name);
    return binding === undefined || depth > 20 || this.world.storedElsewhere(module, name)
      ? null
      : this.variable(binding, module, depth);
  }

  private attribute(node: Attribute, view: ModuleView): Type {
    const base = meaning(node.value, view, this.world);
    if (base !== null) {
      return base.kind === "module" && base.target.kind === "project"
        ? this.global(base.target.module, node.attr, 0)
        : null;
    }
    const receiver = this.type(node.value, view);
    if (
      receiver === null ||
      this.world.dunders.has("__getattr__") ||
      this.world.dunders.has("__get__")
    ) {
      return null;
    }
    return joinAll([...receiver].map((atom) => this.member(atom, node.attr)));
  }

  private member(atom: Atom, name: string): Type {
    if (atom === "None") {
      return NOTHING;
    }
    if (typeof atom === "string") {
      return null;
    }
    const { hierarchy } = this.world;
    const family = [atom, ...hierarchy.subclasses(atom)];
    let type = this.known.field(atom, name);
    for (const one of family) {
      if (this.mayComeFromBase(one, name)) {
        return null;
      }
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
            return base.module !== null || EXCEPTION_FIELDS.has(name);
          default:
            return true;
        }
      }),
    );
  }

  // ---- calls ---------------------------------------------------------------------------------

  private call(node: Call, view: ModuleView): Type {
    return this.called(node, view, (callee) =>
      this.world.flavours.get(callee) === "plain" ? this.known.result(callee) : null,
    );
  }

  private awaited(node: Call, view: ModuleView): Type {
    return this.called(node, view, (callee) =>
      this.world.flavours.get(callee) === "coroutine" ? this.known.result(callee) : null,
    );
  }

  private called(node: Call, view: ModuleView, result: (callee: FunctionNode) => Type): Type {
    const target = callTarget(node, view, this.world);
    switch (target.kind) {
      case "function":
        return result(target.node);
      case "class":
        return this.world.dunders.has("__new__") ? null : just(target.node);
      case "builtin":
        return this.builtin(target.name, node, view);
      case "runtime":
        return target.name === "const" && node.args[0] !== undefined
          ? this.type(node.args[0], view)
          : runtimeResult(target.module, target.name);
      case "class-member":
      case "super-method": {
        if (target.kind === "super-method") {
          return null;
        }
        const method = this.world.hierarchy.method(target.class, target.name);
        return method === null || this.world.hierarchy.hasUnknownBase(target.class)
          ? null
          : result(method);
      }
      case "method":
        return this.method(node, target.name, view, result);
      case "unknown":
        return null;
    }
  }

  private method(
    node: Call,
    name: string,
    view: ModuleView,
    result: (callee: FunctionNode) => Type,
  ): Type {
    const receiver = node.func.kind === "Attribute" ? this.type(node.func.value, view) : null;
    if (receiver === null || this.world.dunders.has("__getattr__")) {
      return null;
    }
    const isStored = this.world.storedAsAttribute(name);
    const { hierarchy } = this.world;
    return joinAll(
      [...receiver].map((atom) => {
        if (atom === "None") {
          return NOTHING;
        }
        if (typeof atom === "string") {
          const known = METHOD_RESULTS[atom as BuiltinType]?.[name];
          return known === undefined ? null : just(known);
        }
        if (isStored) {
          return null;
        }
        return joinAll(
          [atom, ...hierarchy.subclasses(atom)].map((one) => {
            const method = hierarchy.method(one, name);
            return method === null ||
              hierarchy.hasUnknownBase(one) ||
              method.decorator_list.length > 0
              ? null
              : result(method);
          }),
        );
      }),
    );
  }

  private builtin(name: string, node: Call, view: ModuleView): Type {
    const [first] = node.args;
    switch (name) {
      case "abs":
        return first === undefined ? null : negate(this.type(first, view));
      case "min":
      case "max":
        return node.args.length < 2 ||
          node.keywords.length > 0 ||
          node.args.some((arg) => arg.kind === "Starred")
          ? null
          : joinAll(node.args.map((arg) => this.type(arg, view)));
      default: {
        const result = BUILTIN_RESULTS[name];
        return result === undefined ? null : just(result);
      }
    }
  }

  /** What iterating gives. */
  element(node: Expr, view: ModuleView): Type {
    if (node.kind === "Call" && meaning(node.func, view, this.world)?.kind === "builtin") {
      const isRange = node.func.kind === "Name" && node.func.id === "range";
      return isRange ? just("int") : null;
    }
    const whole = this.type(node, view);
    if (whole?.size !== 1) {
      return whole?.size === 0 ? NOTHING : null;
    }
    const [only] = whole;
    return only === "str"
      ? just("str")
      : only === "bytes" || only === "bytearray" || only === "range"
        ? just("int")
        : null;
  }
}

function runtimeResult(module: string, name: string): Type {
  if (runtimeKind(module, name) === "class") {
    return just(`${module}.${name}`);
  }
  const result = RUNTIME_RESULTS[`${module}.${name}`];
  return result === undefined ? null : just(result);
}
