/**
 * Definite assignment and reachability: which reads may find their name unbound, which statements
 * complete, how functions end. One forward walk per function; the state is the set of bindings that
 * are surely bound, null where the code is unreachable. Called by `analyze.ts`.
 *
 * Bindings that are deleted somewhere lose their place in the state wherever control can arrive
 * from an unknown point (loop heads, handlers, functions called later).
 */
import type {
  AnyNode,
  Arguments,
  ClassDef,
  Expr,
  FunctionNode,
  Import,
  ImportFrom,
  Module,
  Name,
  Stmt,
  Try,
  WithItem,
} from "../parser/ast.js";
import type { ComprehensionNode, DefNode, StoreNode } from "./analysis.js";
import { constantTruth } from "./constants.js";
import type { BindingRecord } from "./records.js";
import type { ScopeTable } from "./scopes.js";

export interface FlowOptions {
  /** A `with` may swallow an exception: some context manager of the program can return true. */
  readonly withMaySuppress: boolean;
  /** For each statement of the module body: running it may call functions of this module. */
  readonly mayCallModule: readonly boolean[];
  /**
   * A function or class that JavaScript declares before the module body runs, or a function that is
   * defined together with those that read it. Functions may take it for bound: only a program that
   * fails with NameError could tell.
   */
  readonly isHoisted: (binding: BindingRecord) => boolean;
  /** Deleted from outside of the module. */
  readonly deletedElsewhere: (name: string) => boolean;
}

export interface FunctionEnd {
  readonly endReachable: boolean;
  readonly returnsValue: "never" | "sometimes" | "always";
}

export interface Flow {
  /** Loads and deletes that may find the name unbound. */
  readonly unbound: ReadonlySet<Name>;
  readonly completes: ReadonlyMap<AnyNode, boolean>;
  readonly ends: ReadonlyMap<FunctionNode, FunctionEnd>;
  /** Globals that are surely bound when the module has run to its end. */
  readonly boundAtEnd: ReadonlySet<BindingRecord>;
}

export function analyzeFlow(module: Module, table: ScopeTable, options: FlowOptions): Flow {
  return new FlowPass(table, options).run(module);
}

/** Only how functions end and what is bound: no module around it is needed for that. */
export function reachability(module: Module, table: ScopeTable, withMaySuppress: boolean): Flow {
  return analyzeFlow(module, table, {
    withMaySuppress,
    mayCallModule: [],
    isHoisted: () => true,
    deletedElsewhere: () => false,
  });
}

type State = Set<BindingRecord>;

interface Loop {
  breaks: State | null;
}

interface Frame {
  readonly loops: Loop[];
  valued: number;
  bare: number;
}

interface Later {
  readonly node: FunctionNode;
  readonly outer: State;
  /** Index of the statement of the module body it is created in. */
  readonly top: number;
}

class FlowPass {
  private readonly unbound = new Set<Name>();
  private readonly completes = new Map<AnyNode, boolean>();
  private readonly ends = new Map<FunctionNode, FunctionEnd>();
  private readonly deletable = new Set<BindingRecord>();
  private readonly queue: Later[] = [];
  private frame: Frame = { loops: [], valued: 0, bare: 0 };
  private top = 0;
  private recording = true;
  private inFunction = false;
  private dead = false;

  constructor(
    private readonly table: ScopeTable,
    private readonly options: FlowOptions,
  ) {
    for (const scope of table.scopes.values()) {
      for (const binding of scope.bindings.values()) {
        if (
          binding.deletes.length > 0 ||
          binding.stores.some((store) => store.kind === "ExceptHandler") ||
          (scope === table.root && options.deletedElsewhere(binding.name))
        ) {
          this.deletable.add(binding);
        }
      }
    }
  }

  run(module: Module): Flow {
    let state: State | null = new Set();
    const known: State[] = [];
    for (const [i, statement] of module.body.entries()) {
      this.top = i;
      const calls = this.options.mayCallModule[i] === true;
      const before: State | null = calls && state !== null ? new Set(state) : null;
      state = this.statement(statement, state);
      if (calls) this.knowUpTo(before, known);
    }
    const end = this.weaken(state ?? new Set());
    this.knowUpTo(state === null ? null : end, known);
    this.inFunction = true;
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      this.function(next, known[next.top] as State);
    }
    return { unbound: this.unbound, completes: this.completes, ends: this.ends, boundAtEnd: end };
  }

  /**
   * Notes what the functions that were created by the statements so far may take for bound, where that
   * is not noted yet: `state`, from before the first statement that may call one of them.
   */
  private knowUpTo(state: State | null, known: State[]): void {
    let shared: State | undefined;
    for (let at = this.queue.length - 1; at >= 0; at--) {
      const { top } = this.queue[at] as Later;
      if (known[top] !== undefined && known[top] !== shared) break;
      shared ??= this.weaken(state ?? new Set());
      known[top] = shared;
    }
  }

  private function({ node, outer, top }: Later, known: State): void {
    const outerFrame = this.frame;
    this.top = top;
    this.frame = { loops: [], valued: 0, bare: 0 };
    const state: State = new Set(outer);
    for (const binding of known) {
      state.add(binding);
    }
    this.parameters(node.args, state);
    if (node.kind === "Lambda") {
      this.expression(node.body, state);
      this.ends.set(node, { endReachable: false, returnsValue: "always" });
    } else {
      const endReachable = this.block(node.body, state) !== null;
      const { valued, bare } = this.frame;
      const returnsValue =
        valued === 0 ? "never" : endReachable || bare > 0 ? "sometimes" : "always";
      this.ends.set(node, { endReachable, returnsValue });
    }
    this.frame = outerFrame;
  }

  private later(node: FunctionNode, state: State): void {
    if (this.recording) {
      this.queue.push({ node, outer: this.weaken(state), top: this.top });
    }
  }

  private parameters(args: Arguments, state: State): void {
    const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
    for (const arg of [...all, args.vararg, args.kwarg]) {
      if (arg !== null) {
        this.store(arg, state);
      }
    }
  }

  private weaken(state: State): State {
    const result = new Set(state);
    for (const binding of this.deletable) {
      result.delete(binding);
    }
    return result;
  }

  private store(node: StoreNode, state: State): void {
    const binding = this.table.bindingOf.get(node);
    if (binding !== undefined) {
      state.add(binding);
    }
  }

  private load(node: Name, state: State): void {
    const binding = this.table.bindingOf.get(node);
    if (binding === undefined || state.has(binding) || !this.recording || this.dead) {
      return;
    }
    if (!(this.inFunction && this.options.isHoisted(binding))) {
      this.unbound.add(node);
    }
  }

  // ---- statements ----------------------------------------------------------------------------

  private block(body: readonly Stmt[], entry: State | null): State | null {
    let state = entry;
    for (const statement of body) {
      state = this.statement(statement, state);
    }
    return state;
  }

  private statement(node: Stmt, entry: State | null): State | null {
    if (entry === null) {
      this.unreachable(node);
      return null;
    }
    const state = this.reachable(node, entry);
    if (this.recording && !this.dead) {
      this.completes.set(node, state !== null);
    }
    return state;
  }

  /** Functions in dead code still need an analysis of their own. */
  private unreachable(node: Stmt): void {
    const { frame, dead } = this;
    this.frame = { loops: [{ breaks: null }], valued: 0, bare: 0 };
    this.dead = true;
    this.reachable(node, new Set());
    this.frame = frame;
    this.dead = dead;
  }

  /** Mutates and returns `state`; null where the end of the statement is not reached. */
  private reachable(node: Stmt, state: State): State | null {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        return this.def(node, state);
      case "ClassDef":
        return this.class(node, state);
      case "Return":
        this.optional(node.value, state);
        if (node.value === null) {
          this.frame.bare++;
        } else {
          this.frame.valued++;
        }
        return null;
      case "Delete":
        for (const target of node.targets) {
          this.delete(target, state);
        }
        return state;
      case "Assign":
        this.expression(node.value, state);
        for (const target of node.targets) {
          this.target(target, state);
        }
        return state;
      case "AugAssign":
        this.expression(node.target, state);
        this.expression(node.value, state);
        this.target(node.target, state);
        return state;
      case "AnnAssign":
        if (node.value !== null) {
          this.expression(node.value, state);
          this.target(node.target, state);
        }
        return state;
      case "For":
      case "AsyncFor": {
        this.expression(node.iter, state);
        return this.loop(node.body, node.orelse, state, (entry) => {
          this.target(node.target, entry);
          return true;
        });
      }
      case "While": {
        const truth = constantTruth(node.test);
        return this.loop(
          node.body,
          node.orelse,
          state,
          (entry) => {
            this.expression(node.test, entry);
            return truth !== false;
          },
          truth !== true,
          (exit) => this.expression(node.test, exit),
        );
      }
      case "If": {
        this.expression(node.test, state);
        const truth = constantTruth(node.test);
        const body = this.block(node.body, truth === false ? null : new Set(state));
        const orelse = this.block(node.orelse, truth === true ? null : state);
        return join(body, orelse);
      }
      case "With":
      case "AsyncWith":
        return this.with(node.items, node.body, state);
      case "Raise":
        this.optional(node.exc, state);
        this.optional(node.cause, state);
        return null;
      case "Try":
        return this.try(node, state);
      case "Assert":
        this.expression(node.test, state);
        this.optional(node.msg, new Set(state));
        return state;
      case "Import":
      case "ImportFrom":
        return this.import(node, state);
      case "Expr":
        this.expression(node.value, state);
        return state;
      case "Break": {
        const loop = this.frame.loops.at(-1);
        if (loop !== undefined) {
          loop.breaks = join(loop.breaks, this.weaken(state));
        }
        return null;
      }
      case "Continue":
        return null;
      case "Global":
      case "Nonlocal":
      case "Pass":
        return state;
    }
  }

  private def(node: DefNode, state: State): State {
    this.all(node.decorator_list, state);
    this.defaults(node.args, state);
    this.store(node, state);
    this.later(node, state);
    return state;
  }

  private class(node: ClassDef, state: State): State {
    this.all(node.decorator_list, state);
    this.all(node.bases, state);
    for (const keyword of node.keywords) {
      this.expression(keyword.value, state);
    }
    // The body is straight code of this frame.
    const result = this.block(node.body, new Set(state)) ?? state;
    this.store(node, result);
    return result;
  }

  private import(node: Import | ImportFrom, state: State): State {
    for (const alias of node.names) {
      if (alias.name === "*") {
        for (const binding of this.table.root.bindings.values()) {
          if (binding.star === alias) {
            state.add(binding);
          }
        }
      } else {
        this.store(alias, state);
      }
    }
    return state;
  }

  private loop(
    body: readonly Stmt[],
    orelse: readonly Stmt[],
    state: State,
    enter: (entry: State) => boolean,
    exits = true,
    test: (exit: State) => void = () => {},
  ): State | null {
    const head = this.weaken(state);
    const loop: Loop = { breaks: null };
    const entry = new Set(head);
    const entered = enter(entry);
    this.frame.loops.push(loop);
    this.block(body, entered ? entry : null);
    this.frame.loops.pop();
    if (exits) {
      test(head);
    }
    const normal = this.block(orelse, exits ? head : null);
    return join(normal, loop.breaks);
  }

  private with(items: readonly WithItem[], body: readonly Stmt[], state: State): State | null {
    for (const item of items) {
      this.expression(item.context_expr, state);
    }
    const entry = new Set(state);
    for (const item of items) {
      if (item.optional_vars !== null) {
        this.target(item.optional_vars, entry);
      }
    }
    const swallowed = this.options.withMaySuppress ? this.weaken(state) : null;
    return join(this.block(body, entry), swallowed);
  }

  private try(node: Try, state: State): State | null {
    const failed = this.weaken(state);
    const body = this.block(node.body, state);
    let result = this.block(node.orelse, body);
    for (const handler of node.handlers) {
      const entry = new Set(failed);
      this.optional(handler.type, entry);
      if (handler.name !== null) {
        this.store(handler, entry);
      }
      const after = this.block(handler.body, entry);
      const binding = handler.name === null ? undefined : this.table.bindingOf.get(handler);
      if (binding !== undefined) {
        after?.delete(binding);
      }
      if (this.recording && !this.dead) {
        this.completes.set(handler, after !== null);
      }
      result = join(result, after);
    }
    if (node.finalbody.length === 0) {
      return result;
    }
    const finished = this.block(node.finalbody, failed);
    if (finished === null || result === null) {
      return null;
    }
    // Once more from the normal end, for what is bound after it; nothing is recorded twice.
    const { recording } = this;
    const { valued, bare } = this.frame;
    this.recording = false;
    const end = this.block(node.finalbody, result);
    this.recording = recording;
    this.frame.valued = valued;
    this.frame.bare = bare;
    return end;
  }

  private target(node: Expr, state: State): void {
    switch (node.kind) {
      case "Name":
        this.store(node, state);
        return;
      case "Tuple":
      case "List":
        for (const element of node.elts) {
          this.target(element, state);
        }
        return;
      case "Starred":
        this.target(node.value, state);
        return;
      case "Attribute":
        this.expression(node.value, state);
        return;
      case "Subscript":
        this.expression(node.value, state);
        this.expression(node.slice, state);
        return;
      default:
        this.expression(node, state);
        return;
    }
  }

  private delete(node: Expr, state: State): void {
    if (node.kind === "Name") {
      this.load(node, state);
      const binding = this.table.bindingOf.get(node);
      if (binding !== undefined) {
        state.delete(binding);
      }
    } else if (node.kind === "Tuple" || node.kind === "List") {
      for (const element of node.elts) {
        this.delete(element, state);
      }
    } else {
      this.target(node, state);
    }
  }

  // ---- expressions ---------------------------------------------------------------------------

  private optional(node: Expr | null, state: State): void {
    if (node !== null) {
      this.expression(node, state);
    }
  }

  private all(nodes: readonly Expr[], state: State): void {
    for (const node of nodes) {
      this.expression(node, state);
    }
  }

  private defaults(args: Arguments, state: State): void {
    this.all(args.defaults, state);
    for (const value of args.kw_defaults) {
      this.optional(value, state);
    }
  }

  private expression(node: Expr, state: State): void {
    switch (node.kind) {
      case "Name":
        this.load(node, state);
        return;
      case "Constant":
        return;
      case "BoolOp": {
        const [first, ...rest] = node.values;
        this.optional(first ?? null, state);
        // Later operands may not run: what they bind is known to each other only.
        this.all(rest, new Set(state));
        return;
      }
      case "NamedExpr":
        this.expression(node.value, state);
        this.store(node.target, state);
        return;
      case "BinOp": {
        let at: Expr = node;
        const rights: Expr[] = [];
        while (at.kind === "BinOp") {
          rights.push(at.right);
          at = at.left;
        }
        this.expression(at, state);
        this.all(rights.reverse(), state);
        return;
      }
      case "UnaryOp":
        this.expression(node.operand, state);
        return;
      case "Lambda":
        this.defaults(node.args, state);
        this.later(node, state);
        return;
      case "IfExp":
        this.expression(node.test, state);
        this.expression(node.body, new Set(state));
        this.expression(node.orelse, new Set(state));
        return;
      case "Dict":
        for (const [i, value] of node.values.entries()) {
          this.optional(node.keys[i] ?? null, state);
          this.expression(value, state);
        }
        return;
      case "Set":
      case "List":
      case "Tuple":
        this.all(node.elts, state);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(node, state);
        return;
      case "Await":
      case "YieldFrom":
      case "Starred":
        this.expression(node.value, state);
        return;
      case "Yield":
        this.optional(node.value, state);
        return;
      case "Compare":
        this.expression(node.left, state);
        this.all(node.comparators, state);
        return;
      case "Call":
        this.expression(node.func, state);
        this.all(node.args, state);
        for (const keyword of node.keywords) {
          this.expression(keyword.value, state);
        }
        return;
      case "FormattedValue":
        this.expression(node.value, state);
        this.optional(node.format_spec, state);
        return;
      case "JoinedStr":
        this.all(node.values, state);
        return;
      case "Attribute":
        this.expression(node.value, state);
        return;
      case "Subscript":
        this.expression(node.value, state);
        this.expression(node.slice, state);
        return;
      case "Slice":
        this.optional(node.lower, state);
        this.optional(node.upper, state);
        this.optional(node.step, state);
        return;
    }
  }

  private comprehension(node: ComprehensionNode, state: State): void {
    const inner = node.kind === "GeneratorExp" ? this.weaken(state) : new Set(state);
    for (const [i, generator] of node.generators.entries()) {
      this.expression(generator.iter, i === 0 ? state : inner);
      this.target(generator.target, inner);
      this.all(generator.ifs, inner);
    }
    if (node.kind === "DictComp") {
      this.expression(node.key, inner);
      this.expression(node.value, inner);
    } else {
      this.expression(node.elt, inner);
    }
  }
}

function join(a: State | null, b: State | null): State | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  const result: State = new Set();
  for (const binding of a) {
    if (b.has(binding)) {
      result.add(binding);
    }
  }
  return result;
}
