/**
 * What a def says of its parameters and its result: annotations, defaults, `return`. Notes it as
 * constraints, for `constraints.ts`.
 */
import type { AnyNode, Arguments, Expr, FunctionNode } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { methodDecorator } from "../decorators.js";
import type { ScannedDef } from "../facts/scan.js";
import type { ModuleView } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import { children } from "../walk.js";
import type { ConstraintInput } from "./constraints.js";
import type { Evaluator } from "./evaluate.js";
import type { Ledger } from "./knowledge.js";
import { isOpen, isPublic } from "./parameters.js";
import { just, tupleOfAny } from "./type.js";

export class FunctionConstraints {
  /** Parameters of each def, without the first one of methods. */
  readonly parameters = new Map<FunctionNode, readonly BindingRecord[]>();

  constructor(
    private readonly input: ConstraintInput,
    private readonly ledger: Ledger,
    private readonly evaluator: Evaluator,
    /** Where constraints are put. */
    private readonly all: (() => void)[],
  ) {}

  add(def: ScannedDef, view: ModuleView): void {
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

export function hasDecorator(node: DefNode, kind: "staticmethod" | "classmethod"): boolean {
  return node.decorator_list.some(
    (decorator) => methodDecorator(decorator, () => true)?.kind === kind,
  );
}

export function allParameters(args: Arguments, view: ModuleView): readonly BindingRecord[] {
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
