/**
 * Goes through a module once and notes what its text puts into variables, fields and results: as
 * constraints, which `infer.ts` runs until nothing changes any more.
 */
import type {
  AnyNode,
  Arguments,
  AugAssign,
  Call,
  ClassDef,
  Expr,
  FunctionNode,
} from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { methodDecorator } from "../decorators.js";
import type { ModuleScan, ScannedDef } from "../facts/scan.js";
import type { FunctionEnd } from "../flow.js";
import type { ModuleView } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import { children, walk } from "../walk.js";
import { elementOf } from "./builtin-results.js";
import type { CallBinding } from "./call-binding.js";
import type { Evaluator, World } from "./evaluate.js";
import type { Ledger } from "./knowledge.js";
import { operate } from "./operators.js";
import { isOpen, isPublic, type Openness } from "./parameters.js";
import { COUNTED, isInside, STEP } from "./range.js";
import { certain, isJust, just, open, type Type, tupleOfAny, unsure } from "./type.js";

export interface ConstraintInput extends World, Openness {
  readonly scans: ReadonlyMap<string, ModuleScan>;
  readonly ends: ReadonlyMap<FunctionNode, FunctionEnd>;
}

export class Constraints {
  readonly all: (() => void)[] = [];
  /** Parameters of each def, without the first one of methods. */
  readonly parameters = new Map<FunctionNode, readonly BindingRecord[]>();

  constructor(
    private readonly input: ConstraintInput,
    private readonly ledger: Ledger,
    private readonly evaluator: Evaluator,
    private readonly calls: CallBinding,
  ) {}

  collect(view: ModuleView): void {
    for (const def of this.input.scans.get(view.name)?.defs ?? []) this.function(def, view);
    walk(view.ast, (node) => this.node(node, view));
  }

  private node(node: AnyNode, view: ModuleView): void {
    const { evaluator } = this;
    const element = (iter: Expr) => (): Type => evaluator.element(iter, view);
    switch (node.kind) {
      case "Assign":
        for (const target of node.targets) {
          this.target(target, view, () =>
            counted(target, node.value, evaluator.type(node.value, view), (one) =>
              evaluator.type(one, view),
            ),
          );
        }
        break;
      case "AnnAssign":
        this.annotated(node.target, node.annotation, view);
        if (node.value !== null) {
          const { value } = node;
          this.target(node.target, view, () => evaluator.type(value, view));
        }
        break;
      case "AugAssign":
        this.target(node.target, view, () => this.augmented(node, view));
        break;
      case "NamedExpr":
        this.target(node.target, view, () => evaluator.type(node.value, view));
        break;
      case "For":
        this.target(node.target, view, element(node.iter));
        break;
      case "comprehension":
        this.target(node.target, view, node.is_async ? () => null : element(node.iter));
        break;
      case "AsyncFor":
        this.target(node.target, view, () => null);
        break;
      case "withitem":
        if (node.optional_vars !== null) this.target(node.optional_vars, view, () => null);
        break;
      case "ExceptHandler":
      case "alias":
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.unknown(node, view);
        break;
      case "ClassDef":
        this.unknown(node, view);
        this.classBody(node, view);
        break;
      case "Lambda":
        for (const binding of allParameters(node.args, view)) this.ledger.addBinding(binding, null);
        break;
      case "Yield":
        this.leaves(node.value, view);
        break;
      case "Call":
        this.call(node, view);
        break;
    }
  }

  private call(node: Call, view: ModuleView): void {
    const [, name] = node.args;
    const isSetattr = node.func.kind === "Name" && node.func.id === "setattr";
    if (isSetattr && name?.kind === "Constant" && name.value.type === "str") {
      this.ledger.addAnyField(name.value.value, null);
    }
    this.all.push(this.calls.constraint(node, view));
  }

  /** Somebody else may change what the value holds. */
  private leaves(node: Expr | null, view: ModuleView): void {
    if (node !== null) this.all.push(() => open(this.evaluator.type(node, view)));
  }

  private unknown(
    node: Parameters<ModuleView["table"]["bindingOf"]["get"]>[0],
    view: ModuleView,
  ): void {
    const binding = view.table.bindingOf.get(node);
    if (binding !== undefined && binding.imported === null) this.ledger.addBinding(binding, null);
  }

  private annotated(target: Expr, annotation: Expr, view: ModuleView): void {
    const type = (): Type => this.evaluator.annotations.type(annotation, view);
    if (target.kind === "Name") {
      const binding = view.table.bindingOf.get(target);
      if (binding?.kind === "class" && binding.scope.node.kind === "ClassDef") {
        this.ledger.noteField(binding.scope.node, target.id, type);
      } else if (binding !== undefined) {
        this.ledger.noted.set(binding, type);
      }
    } else if (target.kind === "Attribute") {
      this.all.push(() => {
        for (const atom of this.evaluator.type(target.value, view) ?? []) {
          if (typeof atom !== "string") this.ledger.noteField(atom, target.attr, type);
        }
      });
    }
  }

  private augmented({ op, target, value }: AugAssign, view: ModuleView): Type {
    const before = this.evaluator.type(target, view);
    const change = this.evaluator.type(value, view);
    if (op === "Add" && before?.cells.has("list") === true) {
      before.cells.get("list")?.put(elementOf(change));
    }
    const type = operate(op, before, change);
    return op === "Add" || op === "Sub" ? stepped(before, change, type) : type;
  }

  // ---- targets -------------------------------------------------------------------------------

  private target(target: Expr, view: ModuleView, type: () => Type): void {
    switch (target.kind) {
      case "Name": {
        const binding = view.table.bindingOf.get(target);
        if (binding !== undefined) {
          this.all.push(() => this.ledger.addBinding(binding, type()));
        }
        return;
      }
      case "Attribute":
        this.all.push(() => this.storeField(target, type(), view));
        return;
      case "Subscript":
        this.all.push(() => this.storeItem(target, type(), view));
        return;
      case "Tuple":
      case "List": {
        const star = target.elts.findIndex((element) => element.kind === "Starred");
        for (const [i, element] of target.elts.entries()) {
          const part = (): Type => unpackedPart(type(), i, star < 0 ? target.elts.length : null);
          this.target(element, view, part);
        }
        return;
      }
      case "Starred":
        this.target(target.value, view, () => just("list"));
        return;
    }
  }

  private storeField(
    target: Extract<Expr, { kind: "Attribute" }>,
    type: Type,
    view: ModuleView,
  ): void {
    const receiver = this.evaluator.type(target.value, view);
    if (receiver === null || !receiver.sure) this.ledger.addAnyField(target.attr, type);
    for (const atom of receiver ?? []) {
      if (typeof atom !== "string") this.ledger.addField(atom, target.attr, type);
    }
  }

  private storeItem(
    { value, slice }: Extract<Expr, { kind: "Subscript" }>,
    type: Type,
    view: ModuleView,
  ): void {
    const whole = this.evaluator.type(value, view);
    if (whole === null) {
      open(type);
      return;
    }
    whole.cells.get("list")?.put(slice.kind === "Slice" ? elementOf(type) : type);
    if (slice.kind !== "Slice" && whole.cells.has("dict")) {
      whole.cells.get("dict")?.put(type, this.evaluator.type(slice, view));
    }
  }

  // ---- definitions ---------------------------------------------------------------------------

  private classBody(node: ClassDef, view: ModuleView): void {
    for (const statement of node.body) {
      const value =
        statement.kind === "Assign" || statement.kind === "AnnAssign" ? statement.value : null;
      const targets =
        statement.kind === "Assign"
          ? statement.targets
          : statement.kind === "AnnAssign"
            ? [statement.target]
            : [];
      for (const target of targets) {
        if (target.kind === "Name" && value !== null) {
          this.all.push(() =>
            this.ledger.addField(node, target.id, this.evaluator.type(value, view)),
          );
        }
      }
    }
    // Whatever else the body binds (loops, imports, nested classes) is no plain field.
    const scope = view.table.scopes.get(node);
    for (const binding of scope?.bindings.values() ?? []) {
      const isPlain = binding.stores.every(
        (store) =>
          view.table.valueOf.has(store) ||
          store.kind === "FunctionDef" ||
          store.kind === "AsyncFunctionDef",
      );
      if (!isPlain) this.ledger.addField(node, binding.name, null);
    }
  }

  private function(def: ScannedDef, view: ModuleView): void {
    const { node } = def;
    const bindings = parameterBindings(node.args, view);
    const isStatic = hasDecorator(node, "staticmethod");
    const takesFirst = def.class !== null && !isStatic;
    const { args, vararg, kwarg } = node.args;
    const [first] = args;
    const firstBinding =
      takesFirst && first !== undefined ? view.table.bindingOf.get(first) : undefined;
    if (firstBinding !== undefined && def.class !== null) {
      this.ledger.addBinding(
        firstBinding,
        hasDecorator(node, "classmethod") ? null : just(def.class),
      );
    }
    for (const [arg, type] of [
      [vararg, tupleOfAny(null)],
      [kwarg, just("dict")],
    ] as const) {
      const binding = arg === null ? undefined : view.table.bindingOf.get(arg);
      if (binding !== undefined) this.ledger.addBinding(binding, type);
    }
    const own = bindings.filter((binding) => binding !== firstBinding);
    this.parameters.set(node, own);
    this.annotations(node, view);
    if (isOpen(def, this.input)) {
      for (const binding of own) this.ledger.addBinding(binding, null);
    } else if (this.input.hasOtherCallers && isPublic(def, view)) {
      for (const binding of own) this.ledger.doubted.add(binding);
    }
    this.defaults(node.args, view);
    this.returns(node, view);
  }

  private annotations(node: DefNode, view: ModuleView): void {
    const { annotations } = this.evaluator;
    for (const arg of [...node.args.args, ...node.args.kwonlyargs]) {
      const { annotation } = arg;
      const binding = view.table.bindingOf.get(arg);
      if (annotation !== null && binding !== undefined) {
        this.ledger.noted.set(binding, () => annotations.type(annotation, view));
      }
    }
    const { returns } = node;
    if (returns !== null) this.ledger.noted.set(node, () => annotations.type(returns, view));
  }

  private defaults(args: Arguments, view: ModuleView): void {
    const offset = args.args.length - args.defaults.length;
    const add = (arg: AnyNode | undefined, value: Expr | null): void => {
      const binding = arg?.kind === "arg" ? view.table.bindingOf.get(arg) : undefined;
      if (binding !== undefined && value !== null) {
        this.all.push(() => this.ledger.addBinding(binding, this.evaluator.type(value, view)));
      }
    };
    for (const [i, value] of args.defaults.entries()) add(args.args[offset + i], value);
    for (const [i, value] of args.kw_defaults.entries()) add(args.kwonlyargs[i], value);
  }

  private returns(node: DefNode, view: ModuleView): void {
    const end = this.input.ends.get(node);
    if (end === undefined || end.returnsValue !== "always") {
      this.ledger.addResult(node, just("None"));
    }
    const stack: AnyNode[] = [...node.body];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at.kind === "Return" && at.value !== null) {
        const { value } = at;
        this.all.push(() => this.ledger.addResult(node, this.evaluator.type(value, view)));
      }
      const isScope =
        at.kind === "FunctionDef" ||
        at.kind === "AsyncFunctionDef" ||
        at.kind === "ClassDef" ||
        at.kind === "Lambda";
      for (const child of isScope ? [] : children(at)) {
        if (child !== null) stack.push(child);
      }
    }
  }
}

/** `x = x + 1` counts as `x += 1` does. */
function counted(target: Expr, value: Expr, type: Type, typeOf: (node: Expr) => Type): Type {
  const isStep =
    value.kind === "BinOp" &&
    (value.op === "Add" || value.op === "Sub") &&
    isSamePlace(target, value.left);
  return isStep ? stepped(typeOf(value.left), typeOf(value.right), type) : type;
}

function isSamePlace(a: Expr, b: Expr): boolean {
  return (
    (a.kind === "Name" && b.kind === "Name" && a.id === b.id) ||
    (a.kind === "Attribute" &&
      b.kind === "Attribute" &&
      a.attr === b.attr &&
      isSamePlace(a.value, b.value))
  );
}

/** A variable that only moves in small steps stays far from where ints stop being exact. */
function stepped(before: Type, step: Type, after: Type): Type {
  const isCounter =
    isJust(before, "int") &&
    isJust(step, "int") &&
    isJust(after, "int") &&
    isInside(before.range ?? COUNTED, COUNTED) &&
    isInside(step.range ?? COUNTED, STEP);
  if (!isCounter || after.range === null) return after;
  const { low, high } = after.range;
  return after.with({
    range: { low: Math.max(low, COUNTED.low), high: Math.min(high, COUNTED.high) },
  });
}

/** What the i-th target gets; `length`: how many there are, null where one takes the rest. */
function unpackedPart(type: Type, i: number, length: number | null): Type {
  const each = isJust(type, "tuple") ? (type.tuple?.each ?? null) : null;
  const part = each !== null && each.length === length ? (each[i] ?? null) : elementOf(type);
  return certain(type) === null ? unsure(part) : part;
}

export function hasDecorator(node: DefNode, kind: "staticmethod" | "classmethod"): boolean {
  return node.decorator_list.some(
    (decorator) => methodDecorator(decorator, () => true)?.kind === kind,
  );
}

function allParameters(args: Arguments, view: ModuleView): readonly BindingRecord[] {
  const rest = [args.vararg, args.kwarg].flatMap((arg) => {
    const binding = arg === null ? undefined : view.table.bindingOf.get(arg);
    return binding === undefined ? [] : [binding];
  });
  return [...parameterBindings(args, view), ...rest];
}

function parameterBindings(args: Arguments, view: ModuleView): readonly BindingRecord[] {
  return [...args.args, ...args.kwonlyargs].flatMap((arg) => {
    const binding = view.table.bindingOf.get(arg);
    return binding === undefined ? [] : [binding];
  });
}
