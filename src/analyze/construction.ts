/**
 * Follows the construction of an instance of one class: `__init__`, what it calls on `self`, and the
 * `__init__` of its bases, in the order of execution. Finds the fields that are assigned on every
 * path, that nothing reads before, and that are there whenever other code can see the object.
 * Called by `fields.ts`.
 */
import type { AnyNode, Call, ClassDef, Expr, Stmt } from "../parser/ast.js";
import type { DefNode } from "./analysis.js";
import { callTarget, enclosingClass, ownMethod } from "./callee.js";
import { isTransparentDecorator } from "./decorators.js";
import type { ModuleView } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { isDisplay, isQuiet, type NewObject } from "./quiet-statement.js";
import { runtimeKind } from "./tables/runtime-modules.js";
import { isRuntimeClass } from "./types/type.js";
import { children, walk } from "./walk.js";

type Assigned = Set<string>;

/** Where the walk is: a method that runs on the new object. */
interface Running {
  readonly def: DefNode;
  readonly self: string;
  readonly view: ModuleView;
  /** What is assigned at each `return`. */
  readonly returns: Assigned[];
}

export class Construction implements NewObject {
  /** Something else refers to the object. */
  private leaked = false;
  /** And other code may have looked at it, or may find it half made after an exception. */
  private seen = false;
  /** Read before they were assigned. */
  private readonly early = new Set<string>();
  /** Fields that hold methods bound to the object: whoever gets one of them gets the object. */
  private readonly carriers = new Set<string>();
  /** Class attributes that reading does not bind. */
  private readonly classData = new Set<string>();
  private readonly stack: Running[] = [];

  constructor(
    private readonly node: ClassDef,
    readonly facts: ProgramFacts,
  ) {
    for (const one of facts.hierarchy.chain(node)) {
      for (const name of facts.classData.get(one) ?? []) this.classData.add(name);
    }
  }

  run(init: DefNode): ReadonlySet<string> {
    const end = this.method(init, new Set()) ?? new Set();
    for (const name of this.early) end.delete(name);
    return end;
  }

  private get running(): Running {
    return this.stack.at(-1) as Running;
  }

  get view(): ModuleView {
    return this.running.view;
  }

  /** Runs a method from `entry` on; null where it never returns. */
  private method(def: DefNode, entry: Assigned): Assigned | null {
    const view = this.viewOf(def);
    const self = def.args.args[0]?.arg;
    const binding = def.args.args[0] && view?.table.bindingOf.get(def.args.args[0]);
    const isPlain =
      def.kind === "FunctionDef" &&
      this.facts.flavours.get(def) === "plain" &&
      def.decorator_list.every(isTransparentDecorator) &&
      binding?.rebound === false;
    if (
      !isPlain ||
      view === null ||
      self === undefined ||
      this.stack.some((one) => one.def === def)
    ) {
      this.show();
      return entry;
    }
    this.stack.push({ def, self, view, returns: [] });
    const end = this.block(def.body, new Set(entry));
    const { returns } = this.running;
    this.stack.pop();
    const [one, ...others] = end === null ? returns : [...returns, end];
    return one === undefined
      ? null
      : new Set([...one].filter((name) => others.every((other) => other.has(name))));
  }

  private viewOf(def: DefNode): ModuleView | null {
    const { hierarchy, views } = this.facts;
    const owner = hierarchy.chain(this.node).find((one) => ownMethod(one, def.name) === def);
    const module = owner && hierarchy.classes.get(owner)?.module;
    return (module !== undefined && views.get(module)) || null;
  }

  private show(): void {
    this.leaked = true;
    this.seen = true;
  }

  // ---- statements ----------------------------------------------------------------------------

  /** What is assigned at the end, null where the end is not reached. */
  private block(body: readonly Stmt[], entry: Assigned): Assigned | null {
    let state: Assigned | null = entry;
    for (const statement of body) {
      if (state === null) return null;
      state = this.statement(statement, state);
    }
    return state;
  }

  private statement(node: Stmt, state: Assigned): Assigned | null {
    // What fails from now on leaves a half-made object behind.
    if (this.leaked && !isQuiet(node, this)) this.seen = true;
    switch (node.kind) {
      case "Assign":
        this.value(node.value, node.targets, state);
        for (const target of node.targets) this.store(target, state);
        return state;
      case "AnnAssign":
        if (node.value !== null) {
          this.value(node.value, [node.target], state);
          this.store(node.target, state);
        }
        return state;
      case "If": {
        this.look(node.test, state);
        const body = this.block(node.body, new Set(state));
        const orelse = this.block(node.orelse, new Set(state));
        if (body === null || orelse === null) return body ?? orelse;
        return new Set([...body].filter((name) => orelse.has(name)));
      }
      case "Return":
        if (node.value !== null) this.look(node.value, state);
        this.running.returns.push(state);
        return null;
      case "Raise":
        this.look(node, state);
        return null;
      default:
        this.look(node, state);
        // Loops and try blocks may return in the middle, with no more than is assigned now.
        walk(node, (at) => {
          if (at.kind === "Return") this.running.returns.push(new Set(state));
        });
        return state;
    }
  }

  private store(node: Expr, state: Assigned): void {
    if (node.kind === "Tuple" || node.kind === "List") {
      for (const element of node.elts) this.store(element, state);
    } else if (node.kind === "Attribute" && this.isSelf(node.value)) {
      if (!this.seen) state.add(node.attr);
    } else {
      this.look(node, state);
    }
  }

  /** `self.pages = (self.first, self.second)` lets nobody else have the object. */
  private value(node: Expr, targets: readonly Expr[], state: Assigned): void {
    const [target] = targets;
    const isKept =
      targets.length === 1 && target?.kind === "Attribute" && this.isSelf(target.value);
    if (isKept && isDisplay(node, this) && this.mentionsSelf(node)) {
      this.carriers.add(target.attr);
    } else {
      this.look(node, state);
    }
  }

  // ---- expressions ---------------------------------------------------------------------------

  private look(node: AnyNode, state: Assigned): void {
    switch (node.kind) {
      case "Name":
        if (this.isSelf(node)) this.leaked = true;
        return;
      case "Attribute":
        if (this.isSelf(node.value)) this.read(node.attr, state);
        else this.look(node.value, state);
        return;
      case "Call":
        this.call(node, state);
        return;
      case "Assign":
        this.look(node.value, state);
        for (const target of node.targets) this.target(target, state);
        return;
      case "AnnAssign":
        if (node.value !== null) this.look(node.value, state);
        this.target(node.target, state);
        return;
      case "For":
        this.look(node.iter, state);
        this.target(node.target, state);
        for (const statement of [...node.body, ...node.orelse]) this.look(statement, state);
        return;
      case "Lambda":
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
      case "GeneratorExp":
        if (this.mentionsSelf(node)) this.leaked = true;
        return;
      default:
        for (const child of children(node)) if (child !== null) this.look(child, state);
    }
  }

  private target(node: Expr, state: Assigned): void {
    if (node.kind === "Tuple" || node.kind === "List") {
      for (const element of node.elts) this.target(element, state);
    } else if (!(node.kind === "Attribute" && this.isSelf(node.value))) {
      this.look(node, state);
    }
  }

  private read(name: string, state: Assigned): void {
    if (this.carriers.has(name)) this.leaked = true;
    if (state.has(name) || this.classData.has(name)) return;
    const isMember = this.facts.hierarchy
      .chain(this.node)
      .some((one) => this.facts.bodyNames.get(one)?.has(name) === true);
    if (!isMember) this.early.add(name);
    // A property runs code, a method carries the object with it.
    else if (this.plainMethod(name) === null) this.show();
    else this.leaked = true;
  }

  private call(node: Call, state: Assigned): void {
    const { func } = node;
    const args = [...node.args, ...node.keywords.map(({ value }) => value)];
    const method = this.calledOnSelf(node);
    if (method !== null) {
      for (const arg of args) if (!this.isSelf(arg)) this.look(arg, state);
      if (method === "none") return;
      const end = this.method(method, state) ?? state;
      for (const name of end) state.add(name);
      return;
    }
    this.look(func, state);
    for (const arg of args) this.look(arg, state);
    if (this.leaked && !this.keepsOnly(node)) this.seen = true;
  }

  /**
   * The method that a call runs on the object: `self.m()`, `super().m()`, `Base.m(self)`. "none": it
   * runs nothing of the program's. Null: it is another call.
   */
  private calledOnSelf(node: Call): DefNode | "none" | null {
    const { func } = node;
    if (func.kind !== "Attribute") return null;
    const { view } = this.running;
    if (this.isSelf(func.value)) {
      const def = this.plainMethod(func.attr);
      if (def === null || this.facts.plainStores.has(func.attr)) return null;
      return this.facts.flavours.get(def) === "plain" ? def : null;
    }
    const target = callTarget(node, view, this.facts);
    if (target.kind === "super-method") {
      const owner = enclosingClass(node, view);
      const { hierarchy } = this.facts;
      for (const base of (owner && hierarchy.classes.get(owner)?.bases) ?? []) {
        if (base.kind === "unknown") return null;
        const def = base.kind === "class" ? hierarchy.method(base.node, target.name) : null;
        if (def !== null) return def;
      }
      return target.name === "__init__" ? "none" : null;
    }
    const [first] = node.args;
    if (target.kind !== "class-member" || first === undefined || !this.isSelf(first)) return null;
    const isBase = this.facts.hierarchy.chain(this.node).includes(target.class);
    return isBase ? this.facts.hierarchy.method(target.class, target.name) : null;
  }

  plainMethod(name: string): DefNode | null {
    const def = this.facts.hierarchy.method(this.node, name);
    return def?.decorator_list.every(isTransparentDecorator) ? def : null;
  }

  /** The runtime keeps what it is given; it calls nothing back before `__init__` has ended. */
  private keepsOnly(node: Call): boolean {
    const { view } = this.running;
    const target = callTarget(node, view, this.facts);
    if (target.kind === "runtime") {
      const kind = runtimeKind(target.module, target.name);
      return kind === "class" || KEEPING.has(`${target.module}.${target.name}`);
    }
    if (target.kind !== "method" || node.func.kind !== "Attribute") return false;
    const receiver = this.facts.typeOf(node.func.value, view.ast);
    return receiver !== null && receiver.size > 0 && [...receiver].every(isRuntimeClass);
  }

  isSelf(node: AnyNode): boolean {
    return node.kind === "Name" && node.id === this.running.self;
  }

  private mentionsSelf(root: AnyNode): boolean {
    let found = false;
    walk(root, (node) => {
      found ||= this.isSelf(node);
    });
    return found;
  }
}

/** Functions of the runtime that call what they are given later, if at all. */
const KEEPING: ReadonlySet<string> = new Set(["asyncio.create_task", "asyncio.get_event_loop"]);
