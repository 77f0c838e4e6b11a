/**
 * Type inference over the whole program, without regard to the order of execution: every variable,
 * field, parameter and result has the types of all values that the text puts into it. Starts from
 * nothing and grows to a fixed point; what is never given a value in view counts as unknown.
 * Called by `program-facts.ts`.
 */
import type {
  AnyNode,
  Arguments,
  Call,
  ClassDef,
  Expr,
  FunctionNode,
  Module,
} from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget, enclosingClass, type Target } from "../callee.js";
import { methodDecorator } from "../decorators.js";
import type { ModuleScan, ScannedDef } from "../facts/scan.js";
import type { FunctionEnd } from "../flow.js";
import type { ModuleView } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import { children, walk } from "../walk.js";
import { Evaluator, type Knowledge, type World } from "./evaluate.js";
import { isOpen, type Openness } from "./parameters.js";
import { operate } from "./results.js";
import { join, just, NOTHING, type Type } from "./type.js";

export interface InferInput extends World, Openness {
  readonly scans: ReadonlyMap<string, ModuleScan>;
  readonly methods: ReadonlyMap<string, readonly ScannedDef[]>;
  readonly ends: ReadonlyMap<FunctionNode, FunctionEnd>;
  /** Attributes may be stored under computed names. */
  readonly dynamicStores: boolean;
}

/** The type of an expression of a module of the program. */
export type TypeOf = (node: Expr, module: Module) => Type;

export function inferTypes(input: InferInput): TypeOf {
  const inference = new Inference(input);
  inference.solve();
  const views = new Map([...input.views.values()].map((view) => [view.ast, view]));
  return (node, module) => {
    const view = views.get(module);
    const type = view === undefined ? null : inference.evaluator.type(node, view);
    return type?.size === 0 ? null : type;
  };
}

class Inference implements Knowledge {
  readonly evaluator: Evaluator;
  private readonly bindings = new Map<BindingRecord, Type>();
  private readonly fields = new Map<ClassDef, Map<string, Type>>();
  /** Stored through objects of unknown type, by name. */
  private readonly anyFields = new Map<string, Type>();
  private readonly results = new Map<FunctionNode, Type>();
  private readonly constraints: (() => void)[] = [];
  private readonly parameters = new Map<FunctionNode, readonly BindingRecord[]>();
  private readonly roots = new Map<ClassDef, ClassDef>();
  private readonly classesByName = new Map<string, readonly ClassDef[]>();
  private readonly functionsByName = new Map<string, readonly DefNode[]>();
  private changed = false;

  constructor(private readonly input: InferInput) {
    this.evaluator = new Evaluator(input, this);
    for (const node of input.hierarchy.classes.keys()) {
      this.roots.set(node, this.rootOf(node));
      this.classesByName.set(node.name, [...(this.classesByName.get(node.name) ?? []), node]);
    }
    for (const { defs } of input.scans.values()) {
      for (const { node, class: owner } of defs) {
        if (owner === null) {
          this.functionsByName.set(node.name, [
            ...(this.functionsByName.get(node.name) ?? []),
            node,
          ]);
        }
      }
    }
    for (const view of input.views.values()) {
      this.collect(view);
    }
  }

  solve(): void {
    do {
      do {
        this.changed = false;
        for (const constraint of this.constraints) {
          constraint();
        }
      } while (this.changed);
      this.openUncalled();
    } while (this.changed);
  }

  /** A function that nothing in view calls may still be called by whoever uses the program. */
  private openUncalled(): void {
    for (const bindings of this.parameters.values()) {
      for (const binding of bindings) {
        if (this.binding(binding)?.size === 0) {
          this.addBinding(binding, null);
        }
      }
    }
  }

  // ---- knowledge -----------------------------------------------------------------------------

  binding(binding: BindingRecord): Type {
    const known = this.bindings.get(binding);
    return known === undefined ? NOTHING : known;
  }

  field(owner: ClassDef, name: string): Type {
    if (this.input.dynamicStores) {
      return null;
    }
    const own = this.fields.get(this.roots.get(owner) ?? owner)?.get(name);
    const any = this.anyFields.get(name);
    return join(own === undefined ? NOTHING : own, any === undefined ? NOTHING : any);
  }

  result(node: FunctionNode): Type {
    const known = this.results.get(node);
    return known === undefined ? NOTHING : known;
  }

  private add<K>(map: Map<K, Type>, key: K, type: Type): void {
    const known = map.get(key);
    const old = known === undefined ? NOTHING : known;
    const joined = join(old, type);
    if (joined !== old) {
      map.set(key, joined);
      this.changed = true;
    }
  }

  private addBinding(binding: BindingRecord, type: Type): void {
    this.add(this.bindings, binding, type);
  }

  private addField(owner: ClassDef, name: string, type: Type): void {
    const root = this.roots.get(owner) ?? owner;
    const fields = this.fields.get(root) ?? new Map<string, Type>();
    this.fields.set(root, fields);
    this.add(fields, name, type);
  }

  /** Classes that inherit from each other share their fields. */
  private rootOf(node: ClassDef): ClassDef {
    let family = new Set([node]);
    for (let size = 0; size !== family.size; ) {
      size = family.size;
      const { hierarchy } = this.input;
      family = new Set(
        [...family].flatMap((one) => [...hierarchy.chain(one), ...hierarchy.subclasses(one)]),
      );
    }
    // Any member will do, as long as all of them get the same one.
    return [...family].reduce((a, b) => (this.order(a) <= this.order(b) ? a : b));
  }

  private order(node: ClassDef): string {
    const module = this.input.hierarchy.classes.get(node)?.module ?? "";
    return `${module}:${String(node.span.start).padStart(9, "0")}`;
  }

  // ---- constraints ---------------------------------------------------------------------------

  private collect(view: ModuleView): void {
    for (const def of this.input.scans.get(view.name)?.defs ?? []) {
      this.function(def, view);
    }
    walk(view.ast, (node) => this.node(node, view));
  }

  private node(node: AnyNode, view: ModuleView): void {
    const { evaluator } = this;
    const element = (iter: Expr) => (): Type => evaluator.element(iter, view);
    switch (node.kind) {
      case "Assign":
        for (const target of node.targets) {
          this.target(target, node.value, view, () => evaluator.type(node.value, view));
        }
        break;
      case "AnnAssign": {
        const { value } = node;
        if (value !== null) {
          this.target(node.target, value, view, () => evaluator.type(value, view));
        }
        break;
      }
      case "AugAssign":
        this.target(node.target, null, view, () =>
          operate(node.op, evaluator.type(node.target, view), evaluator.type(node.value, view)),
        );
        break;
      case "NamedExpr":
        this.target(node.target, node.value, view, () => evaluator.type(node.value, view));
        break;
      case "For":
      case "comprehension":
        if (node.kind === "For" || !node.is_async) {
          this.target(node.target, null, view, element(node.iter));
        } else {
          this.target(node.target, null, view, () => null);
        }
        break;
      case "AsyncFor":
        this.target(node.target, null, view, () => null);
        break;
      case "withitem":
        if (node.optional_vars !== null) {
          this.target(node.optional_vars, null, view, () => null);
        }
        break;
      case "ExceptHandler":
      case "ClassDef":
      case "alias":
        this.unknown(node, view);
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.unknown(node, view);
        break;
      case "Lambda":
        for (const binding of allParameters(node.args, view)) {
          this.addBinding(binding, null);
        }
        break;
      case "Call":
        this.call(node, view);
        break;
    }
    if (node.kind === "ClassDef") {
      this.classBody(node, view);
    }
  }

  private unknown(
    node: Parameters<ModuleView["table"]["bindingOf"]["get"]>[0],
    view: ModuleView,
  ): void {
    const binding = view.table.bindingOf.get(node);
    if (binding !== undefined && binding.imported === null) {
      this.addBinding(binding, null);
    }
  }

  private target(target: Expr, value: Expr | null, view: ModuleView, type: () => Type): void {
    switch (target.kind) {
      case "Name": {
        const binding = view.table.bindingOf.get(target);
        if (binding !== undefined) {
          this.constraints.push(() => this.addBinding(binding, type()));
        }
        return;
      }
      case "Attribute":
        this.constraints.push(() => this.storeField(target, type(), view));
        return;
      case "Tuple":
      case "List": {
        const parts =
          (value?.kind === "Tuple" || value?.kind === "List") &&
          value.elts.length === target.elts.length &&
          ![...value.elts, ...target.elts].some((one) => one.kind === "Starred")
            ? value.elts
            : null;
        for (const [i, element] of target.elts.entries()) {
          const part = parts?.[i] ?? null;
          this.target(element, part, view, () =>
            part === null ? null : this.evaluator.type(part, view),
          );
        }
        return;
      }
      case "Starred":
        this.target(target.value, null, view, () => just("list"));
        return;
    }
  }

  private storeField(
    target: Extract<Expr, { kind: "Attribute" }>,
    type: Type,
    view: ModuleView,
  ): void {
    const receiver = this.evaluator.type(target.value, view);
    if (receiver === null) {
      this.add(this.anyFields, target.attr, type);
      return;
    }
    for (const atom of receiver) {
      if (typeof atom !== "string") {
        this.addField(atom, target.attr, type);
      }
    }
  }

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
          this.constraints.push(() =>
            this.addField(node, target.id, this.evaluator.type(value, view)),
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
      if (!isPlain) {
        this.addField(node, binding.name, null);
      }
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
      this.addBinding(firstBinding, hasDecorator(node, "classmethod") ? null : just(def.class));
    }
    for (const [arg, type] of [
      [vararg, "tuple"],
      [kwarg, "dict"],
    ] as const) {
      const binding = arg === null ? undefined : view.table.bindingOf.get(arg);
      if (binding !== undefined) {
        this.addBinding(binding, just(type));
      }
    }
    const own = bindings.filter((binding) => binding !== firstBinding);
    this.parameters.set(node, own);
    if (isOpen(def, this.input)) {
      for (const binding of own) {
        this.addBinding(binding, null);
      }
    }
    this.defaults(node.args, view);
    this.returns(node, view);
  }

  private defaults(args: Arguments, view: ModuleView): void {
    const offset = args.args.length - args.defaults.length;
    const add = (arg: AnyNode | undefined, value: Expr | null): void => {
      const binding = arg?.kind === "arg" ? view.table.bindingOf.get(arg) : undefined;
      if (binding !== undefined && value !== null) {
        this.constraints.push(() => this.addBinding(binding, this.evaluator.type(value, view)));
      }
    };
    for (const [i, value] of args.defaults.entries()) {
      add(args.args[offset + i], value);
    }
    for (const [i, value] of args.kw_defaults.entries()) {
      add(args.kwonlyargs[i], value);
    }
  }

  private returns(node: DefNode, view: ModuleView): void {
    const end = this.input.ends.get(node);
    if (end === undefined || end.returnsValue !== "always") {
      this.add(this.results, node, just("None"));
    }
    const stack: AnyNode[] = [...node.body];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at.kind === "Return" && at.value !== null) {
        const { value } = at;
        this.constraints.push(() => this.add(this.results, node, this.evaluator.type(value, view)));
      }
      const isScope =
        at.kind === "FunctionDef" ||
        at.kind === "AsyncFunctionDef" ||
        at.kind === "ClassDef" ||
        at.kind === "Lambda";
      for (const child of isScope ? [] : children(at)) {
        if (child !== null) {
          stack.push(child);
        }
      }
    }
  }

  // ---- calls ---------------------------------------------------------------------------------

  private call(call: Call, view: ModuleView): void {
    const [, name] = call.args;
    if (
      call.func.kind === "Name" &&
      call.func.id === "setattr" &&
      name?.kind === "Constant" &&
      name.value.type === "str"
    ) {
      this.add(this.anyFields, name.value.value, null);
    }
    const target = callTarget(call, view, this.input);
    this.constraints.push(() => {
      for (const { node, skip } of this.callees(call, target, view)) {
        this.bind(call, node, skip, view);
      }
    });
  }

  /** `skip`: how many parameters come before the first argument. */
  private callees(
    call: Call,
    target: Target,
    view: ModuleView,
  ): readonly { readonly node: DefNode; readonly skip: number }[] {
    const { hierarchy, methods } = this.input;
    const bound = (nodes: readonly DefNode[]) =>
      nodes.map((node) => ({ node, skip: hasDecorator(node, "staticmethod") ? 0 : 1 }));
    switch (target.kind) {
      case "function":
        return [{ node: target.node, skip: 0 }];
      case "class": {
        const init = hierarchy.method(target.node, "__init__");
        return init === null ? [] : [{ node: init, skip: 1 }];
      }
      case "class-member": {
        const method = hierarchy.method(target.class, target.name);
        const own =
          method === null
            ? []
            : [{ node: method, skip: hasDecorator(method, "classmethod") ? 1 : 0 }];
        return [...own, ...this.classesNamed(target.name)];
      }
      case "super-method": {
        const owner = enclosingClass(call, view);
        const above = owner === null ? [] : hierarchy.chain(owner).slice(1);
        return bound(
          (methods.get(target.name) ?? []).flatMap((def) =>
            def.class !== null && (owner === null || above.includes(def.class)) ? [def.node] : [],
          ),
        );
      }
      case "method": {
        const receiver =
          call.func.kind === "Attribute" ? this.evaluator.type(call.func.value, view) : null;
        if (receiver === null) {
          // It may be a module too.
          return [
            ...bound((methods.get(target.name) ?? []).map(({ node }) => node)),
            ...(this.functionsByName.get(target.name) ?? []).map((node) => ({ node, skip: 0 })),
            ...this.classesNamed(target.name),
          ];
        }
        const nodes = new Set<DefNode>();
        for (const atom of receiver) {
          for (const one of typeof atom === "string" ? [] : [atom, ...hierarchy.subclasses(atom)]) {
            const method = hierarchy.method(one, target.name);
            if (method !== null) {
              nodes.add(method);
            }
          }
        }
        return [...bound([...nodes]), ...this.classesNamed(target.name)];
      }
      case "unknown":
        return this.classCall(call, view);
      case "builtin":
      case "runtime":
        return [];
    }
  }

  /** `cls(...)` in a classmethod makes an instance of the class or a subclass. */
  private classCall(call: Call, view: ModuleView): readonly { node: DefNode; skip: number }[] {
    const binding = call.func.kind === "Name" ? view.table.bindingOf.get(call.func) : undefined;
    const [store] = binding?.stores ?? [];
    const owner = binding?.scope.node;
    const cls = binding?.scope.parent?.node;
    if (
      store?.kind !== "arg" ||
      owner?.kind !== "FunctionDef" ||
      owner.args.args[0] !== store ||
      cls?.kind !== "ClassDef"
    ) {
      return [];
    }
    const { hierarchy } = this.input;
    return [cls, ...hierarchy.subclasses(cls)].flatMap((one) => {
      const init = hierarchy.method(one, "__init__");
      return init === null ? [] : [{ node: init, skip: 1 }];
    });
  }

  /** `Outer.Inner(...)`: the `__init__` of every class of that name. */
  private classesNamed(name: string): readonly { node: DefNode; skip: number }[] {
    const { hierarchy } = this.input;
    return (this.classesByName.get(name) ?? []).flatMap((node) => {
      const init = hierarchy.method(node, "__init__");
      return init === null ? [] : [{ node: init, skip: 1 }];
    });
  }

  private bind(call: Call, node: DefNode, skip: number, view: ModuleView): void {
    const module = this.moduleOf(node);
    if (module === undefined) {
      return;
    }
    const { args, kwonlyargs } = node.args;
    const give = (arg: AnyNode | undefined, type: Type): void => {
      const binding = arg?.kind === "arg" ? module.table.bindingOf.get(arg) : undefined;
      if (binding !== undefined) {
        this.addBinding(binding, type);
      }
    };
    const isSpread =
      call.args.some((arg) => arg.kind === "Starred") ||
      call.keywords.some((keyword) => keyword.arg === null);
    if (isSpread) {
      for (const arg of [...args.slice(skip), ...kwonlyargs]) {
        give(arg, null);
      }
      return;
    }
    for (const [i, value] of call.args.entries()) {
      give(args[skip + i], this.evaluator.type(value, view));
    }
    for (const keyword of call.keywords) {
      const arg = [...args, ...kwonlyargs].find((one) => one.arg === keyword.arg);
      give(arg, this.evaluator.type(keyword.value, view));
    }
  }

  private readonly moduleByDef = new Map<DefNode, ModuleView>();

  private moduleOf(node: DefNode): ModuleView | undefined {
    if (this.moduleByDef.size === 0) {
      for (const view of this.input.views.values()) {
        for (const def of this.input.scans.get(view.name)?.defs ?? []) {
          this.moduleByDef.set(def.node, view);
        }
      }
    }
    return this.moduleByDef.get(node);
  }
}

function hasDecorator(node: DefNode, kind: "staticmethod" | "classmethod"): boolean {
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
