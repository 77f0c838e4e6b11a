/**
 * Goes through a module once and notes what its text puts into variables, fields and results: as
 * constraints, which `infer.ts` runs until nothing changes any more.
 */
import type { AnyNode, AugAssign, Call, ClassDef, Expr, FunctionNode } from "../../parser/ast.js";
import { countedRange } from "../counted-range.js";
import type { ModuleScan } from "../facts/scan.js";
import type { FunctionEnd } from "../flow.js";
import type { ModuleView } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import { walk } from "../walk.js";
import { countedElements, elementOf } from "./builtin-results.js";
import type { CallBinding } from "./call-binding.js";
import { counted, stepped } from "./counter.js";
import type { Evaluator, World } from "./evaluate.js";
import { allParameters, FunctionConstraints } from "./function-constraints.js";
import type { Ledger } from "./knowledge.js";
import { operate } from "./operators.js";
import type { Openness } from "./parameters.js";
import { isJust, just, open, type Type, unsure } from "./type.js";

export interface ConstraintInput extends World, Openness {
  readonly scans: ReadonlyMap<string, ModuleScan>;
  readonly ends: ReadonlyMap<FunctionNode, FunctionEnd>;
}

export class Constraints {
  readonly all: (() => void)[] = [];
  private readonly functions: FunctionConstraints;

  constructor(
    private readonly input: ConstraintInput,
    private readonly ledger: Ledger,
    private readonly evaluator: Evaluator,
    private readonly calls: CallBinding,
  ) {
    this.functions = new FunctionConstraints(input, ledger, evaluator, this.all);
  }

  /** Parameters of each def, without the first one of methods. */
  get parameters(): ReadonlyMap<FunctionNode, readonly BindingRecord[]> {
    return this.functions.parameters;
  }

  collect(view: ModuleView): void {
    for (const def of this.input.scans.get(view.name)?.defs ?? []) this.functions.add(def, view);
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
      case "For": {
        const range = countedRange(node, (name) => view.table.bindingOf.get(name)?.constant);
        this.target(
          node.target,
          view,
          range === null
            ? element(node.iter)
            : () => countedElements(range, (part) => evaluator.type(part, view)),
        );
        break;
      }
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
}

/** What the i-th target gets; `length`: how many there are, null where one takes the rest. */
function unpackedPart(type: Type, i: number, length: number | null): Type {
  const each = isJust(type, "tuple") ? (type.tuple?.each ?? null) : null;
  const part = each !== null && each.length === length ? (each[i] ?? null) : elementOf(type);
  return type?.sure === true ? part : unsure(part);
}
