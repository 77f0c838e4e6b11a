/**
 * Hands the types of arguments to the parameters of every function that a call may reach. Used by
 * `constraints.ts`.
 */
import type { Arg, Call, ClassDef, Expr } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget, enclosingClass, type Target } from "../callee.js";
import type { ModuleScan, ScannedDef } from "../facts/scan.js";
import { type ModuleView, meaning } from "../module-view.js";
import { type Callback, callbackOf, givenByMethod } from "./callbacks.js";
import type { Evaluator, World } from "./evaluate.js";
import { hasDecorator } from "./function-constraints.js";
import type { Ledger } from "./knowledge.js";
import { putByMethod } from "./method-results.js";
import { certain, isRuntimeClass, just, open, type Type } from "./type.js";

export interface CallBindingInput extends World {
  readonly scans: ReadonlyMap<string, ModuleScan>;
  readonly methods: ReadonlyMap<string, readonly ScannedDef[]>;
}

/** `skip`: how many parameters come before the first argument. */
interface Callee {
  readonly node: DefNode;
  readonly skip: number;
}

/** Functions of the runtime that put their second argument into the list that is the first. */
const PUSHES: ReadonlySet<string> = new Set(["heapq.heappush"]);

export class CallBinding {
  private readonly classesByName = new Map<string, readonly ClassDef[]>();
  private readonly functionsByName = new Map<string, readonly DefNode[]>();
  private readonly moduleOf = new Map<DefNode, ModuleView>();

  constructor(
    private readonly input: CallBindingInput,
    private readonly ledger: Ledger,
    private readonly evaluator: Evaluator,
  ) {
    const add = <N>(map: Map<string, readonly N[]>, name: string, node: N): void => {
      map.set(name, [...(map.get(name) ?? []), node]);
    };
    for (const node of input.hierarchy.classes.keys()) add(this.classesByName, node.name, node);
    for (const [name, { defs }] of input.scans) {
      for (const { node, class: owner } of defs) {
        const view = input.views.get(name);
        if (view !== undefined) this.moduleOf.set(node, view);
        if (owner === null) add(this.functionsByName, node.name, node);
      }
    }
  }

  constraint(call: Call, view: ModuleView): () => void {
    const target = callTarget(call, view, this.input);
    const callback = callbackOf(call, view, this.input, this.input.methods);
    return () => {
      if (callback !== null) this.handOver(call, callback, view);
      const callees = this.callees(call, target, view);
      for (const { node, skip } of callees) this.bind(call, node, skip, view);
      if (target.kind === "method") this.changeContainer(call, target.name, view);
      if (target.kind === "runtime" && PUSHES.has(`${target.module}.${target.name}`)) {
        const [list, item] = call.args;
        if (list !== undefined && item !== undefined) {
          this.evaluator.type(list, view)?.cells.get("list")?.put(this.evaluator.type(item, view));
        }
      }
      if (target.kind === "unknown" && callees.length === 0) this.open(call, view);
    };
  }

  /** `start_server(serve, ...)`: what `serve` will be called with. */
  private handOver(call: Call, callback: Callback, view: ModuleView): void {
    const given = this.given(call, callback, view);
    const { function: handler } = callback;
    const known = meaning(handler, view, this.input);
    const callees =
      known?.kind === "function"
        ? [{ node: known.node, skip: 0 }]
        : handler.kind === "Attribute"
          ? this.bound((this.input.methods.get(handler.attr) ?? []).map(({ node }) => node))
          : [];
    for (const { node, skip } of callees) {
      const parameters = [...node.args.args.slice(skip), ...node.args.kwonlyargs];
      for (const [i, arg] of parameters.entries()) this.give(node, arg, given?.[i] ?? null);
    }
  }

  private given(call: Call, { gives, argument }: Callback, view: ModuleView): Type[] | null {
    const row = gives ?? this.givenByReceiver(call, view);
    return (
      row?.map((one) => {
        if (one !== "argument") return just(one);
        return argument === null ? null : this.evaluator.type(argument, view);
      }) ?? null
    );
  }

  private givenByReceiver({ func }: Call, view: ModuleView): Callback["gives"] {
    if (func.kind !== "Attribute") return null;
    const [cls, ...others] = certain(this.evaluator.type(func.value, view)) ?? [];
    return cls !== undefined && others.length === 0 && isRuntimeClass(cls)
      ? givenByMethod(cls, func.attr)
      : null;
  }

  /** `items.append(x)`. */
  private changeContainer(call: Call, name: string, view: ModuleView): void {
    const { func } = call;
    const receiver = func.kind === "Attribute" ? this.evaluator.type(func.value, view) : null;
    const argument = (index: number): Type => {
      const arg: Expr | undefined = call.args[index];
      return arg === undefined || arg.kind === "Starred" ? null : this.evaluator.type(arg, view);
    };
    if (receiver === null) {
      // It may keep what it is given.
      if (!this.input.methods.has(name)) this.open(call, view);
      return;
    }
    putByMethod(name, receiver, { call, argument, made: () => null });
  }

  private open(call: Call, view: ModuleView): void {
    for (const arg of call.args) {
      if (arg.kind !== "Starred") open(this.evaluator.type(arg, view));
    }
    for (const { value } of call.keywords) open(this.evaluator.type(value, view));
  }

  /** The functions of the program that a call may reach. */
  callees(call: Call, target: Target, view: ModuleView): readonly Callee[] {
    const { hierarchy, methods } = this.input;
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
        return this.bound(
          (methods.get(target.name) ?? []).flatMap((def) =>
            def.class !== null && (owner === null || above.includes(def.class)) ? [def.node] : [],
          ),
        );
      }
      case "method":
        return this.methods(call, target.name, view);
      case "unknown":
        return this.classCall(call, view);
      case "builtin":
      case "runtime":
        return [];
    }
  }

  private bound(nodes: readonly DefNode[]): readonly Callee[] {
    return nodes.map((node) => ({ node, skip: hasDecorator(node, "staticmethod") ? 0 : 1 }));
  }

  private methods(call: Call, name: string, view: ModuleView): readonly Callee[] {
    const { hierarchy, methods } = this.input;
    const receiver =
      call.func.kind === "Attribute" ? this.evaluator.type(call.func.value, view) : null;
    if (receiver === null || !receiver.sure) {
      // It may be a module too.
      return [
        ...this.bound((methods.get(name) ?? []).map(({ node }) => node)),
        ...(this.functionsByName.get(name) ?? []).map((node) => ({ node, skip: 0 })),
        ...this.classesNamed(name),
      ];
    }
    const nodes = new Set<DefNode>();
    for (const atom of receiver) {
      for (const one of typeof atom === "string" ? [] : [atom, ...hierarchy.subclasses(atom)]) {
        const method = hierarchy.method(one, name);
        if (method !== null) nodes.add(method);
      }
    }
    return [...this.bound([...nodes]), ...this.classesNamed(name)];
  }

  /** `cls(...)` in a classmethod makes an instance of the class or a subclass. */
  private classCall(call: Call, view: ModuleView): readonly Callee[] {
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
    return [cls, ...hierarchy.subclasses(cls)].flatMap((one) => this.initOf(one));
  }

  /** `Outer.Inner(...)`: the `__init__` of every class of that name. */
  private classesNamed(name: string): readonly Callee[] {
    return (this.classesByName.get(name) ?? []).flatMap((node) => this.initOf(node));
  }

  private initOf(node: ClassDef): readonly Callee[] {
    const init = this.input.hierarchy.method(node, "__init__");
    return init === null ? [] : [{ node: init, skip: 1 }];
  }

  private bind(call: Call, node: DefNode, skip: number, view: ModuleView): void {
    const { args, kwonlyargs } = node.args;
    const give = (arg: Arg | undefined, type: Type): void => this.give(node, arg, type);
    const isSpread =
      call.args.some((arg) => arg.kind === "Starred") ||
      call.keywords.some((keyword) => keyword.arg === null);
    if (isSpread) {
      for (const arg of [...args.slice(skip), ...kwonlyargs]) give(arg, null);
      this.open(call, view);
      return;
    }
    for (const [i, value] of call.args.entries()) {
      const arg = args[skip + i];
      if (arg !== undefined) give(arg, this.evaluator.type(value, view));
      else open(this.evaluator.type(value, view));
    }
    for (const keyword of call.keywords) {
      const arg = [...args, ...kwonlyargs].find((one) => one.arg === keyword.arg);
      if (arg !== undefined) give(arg, this.evaluator.type(keyword.value, view));
      else open(this.evaluator.type(keyword.value, view));
    }
  }

  private give(node: DefNode, arg: Arg | undefined, type: Type): void {
    const binding = arg && this.moduleOf.get(node)?.table.bindingOf.get(arg);
    if (binding !== undefined) this.ledger.addBinding(binding, type);
  }
}
