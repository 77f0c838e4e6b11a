/**
 * Which attributes every instance surely has: class attributes, and what `__init__` assigns before
 * anybody else can see the object. Called by `classes.ts`.
 */
import type { AnyNode, ClassDef, Expr, Stmt } from "../parser/ast.js";
import { ownMethod } from "./callee.js";
import { isTransparentDecorator } from "./decorators.js";
import type { ModuleView } from "./module-view.js";
import { meaning } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { walk } from "./walk.js";

export interface Definite {
  /** Assigned on every path before self is seen by other code. */
  readonly fields: ReadonlySet<string>;
  /** `__init__` lets others see self before it ends. */
  readonly escapes: boolean;
}

export class DefiniteFields {
  private readonly known = new Map<ClassDef, Definite>();

  constructor(private readonly facts: ProgramFacts) {}

  /** What constructing an instance of exactly this class assigns. */
  of(node: ClassDef): Definite {
    const known = this.known.get(node);
    if (known !== undefined) {
      return known;
    }
    this.known.set(node, { fields: new Set(), escapes: true });
    const result = this.compute(node);
    this.known.set(node, result);
    return result;
  }

  private compute(node: ClassDef): Definite {
    const init = ownMethod(node, "__init__");
    if (init === null) {
      return this.inherited(node);
    }
    const first = init.args.args[0];
    const fact = this.facts.hierarchy.classes.get(node);
    const view = fact === undefined ? undefined : this.facts.views.get(fact.module);
    if (
      first === undefined ||
      view === undefined ||
      init.kind !== "FunctionDef" ||
      !init.decorator_list.every(isTransparentDecorator)
    ) {
      return { fields: new Set(), escapes: true };
    }
    const data = new Set<string>();
    for (const one of this.facts.hierarchy.chain(node)) {
      for (const name of this.facts.classData.get(one) ?? []) {
        data.add(name);
      }
    }
    const walker = new InitWalk(first.arg, data, view, this.facts, (base) => this.base(node, base));
    const end = walker.block(init.body, new Set());
    // An early `return` leaves with what was assigned by then.
    const ends = [...walker.returns, ...(end === null ? [] : [end])];
    const [one, ...others] = ends;
    const fields = [...(one ?? [])].filter((name) => others.every((other) => other.has(name)));
    return { fields: new Set(fields), escapes: walker.escaped };
  }

  /** The `__init__` of the first base that has one. */
  private inherited(node: ClassDef): Definite {
    for (const base of this.facts.hierarchy.classes.get(node)?.bases ?? []) {
      if (base.kind === "unknown") {
        return { fields: new Set(), escapes: true };
      }
      if (base.kind === "class" && this.facts.hierarchy.method(base.node, "__init__") !== null) {
        return this.of(base.node);
      }
    }
    return { fields: new Set(), escapes: false };
  }

  /** What `super().__init__()` (null) or `Base.__init__(self)` assigns. */
  private base(node: ClassDef, base: ClassDef | null): Definite {
    return base === null ? this.inherited(node) : this.of(base);
  }
}

type Assigned = Set<string>;

class InitWalk {
  escaped = false;
  readonly returns: Assigned[] = [];

  constructor(
    private readonly self: string,
    /** Class attributes that reading does not bind. */
    private readonly classData: ReadonlySet<string>,
    private readonly view: ModuleView,
    private readonly facts: ProgramFacts,
    private readonly baseInit: (base: ClassDef | null) => Definite,
  ) {}

  /** Returns what is assigned at the end, null where the end is not reached. */
  block(body: readonly Stmt[], entry: Assigned): Assigned | null {
    let state: Assigned | null = entry;
    for (const statement of body) {
      if (state === null) {
        return null;
      }
      state = this.statement(statement, state);
    }
    return state;
  }

  private statement(node: Stmt, state: Assigned): Assigned | null {
    switch (node.kind) {
      case "Assign":
        this.look(node.value, state);
        for (const target of node.targets) {
          this.target(target, state);
        }
        return state;
      case "AnnAssign":
        if (node.value !== null) {
          this.look(node.value, state);
          this.target(node.target, state);
        }
        return state;
      case "Expr": {
        const base = this.baseCall(node.value);
        if (base === undefined) {
          this.look(node.value, state);
          return state;
        }
        const { fields, escapes } = this.baseInit(base);
        if (!this.escaped) {
          for (const name of fields) {
            state.add(name);
          }
        }
        this.escaped ||= escapes;
        return state;
      }
      case "If": {
        this.look(node.test, state);
        const body = this.block(node.body, new Set(state));
        const orelse = this.block(node.orelse, new Set(state));
        if (body === null || orelse === null) {
          return body ?? orelse;
        }
        return new Set([...body].filter((name) => orelse.has(name)));
      }
      case "Return":
        if (node.value !== null) {
          this.look(node.value, state);
        }
        this.returns.push(state);
        return null;
      case "Raise":
        this.look(node, state);
        return null;
      default: {
        this.look(node, state);
        // Loops and try blocks may return in the middle, with no more than is assigned now.
        walk(node, (at) => {
          if (at.kind === "Return") {
            this.returns.push(new Set(state));
          }
        });
        return state;
      }
    }
  }

  private target(node: Expr, state: Assigned): void {
    if (node.kind === "Tuple" || node.kind === "List") {
      for (const element of node.elts) {
        this.target(element, state);
      }
    } else if (node.kind === "Attribute" && this.isSelf(node.value)) {
      if (!this.escaped) {
        state.add(node.attr);
      }
    } else {
      this.look(node, state);
    }
  }

  private isSelf(node: Expr): boolean {
    return node.kind === "Name" && node.id === this.self;
  }

  /** Any use of self but reading an assigned field lets it escape (a method, an argument...). */
  private look(root: AnyNode, state: Assigned): void {
    walk(root, (node, parent) => {
      if (node.kind !== "Name" || node.id !== this.self || this.escaped) {
        return;
      }
      const isField =
        parent?.kind === "Attribute" &&
        (state.has(parent.attr) || this.classData.has(parent.attr) || isStore(parent, root));
      this.escaped = !isField;
    });
  }

  /** Null for `super().__init__(...)`, a class for `Base.__init__(self, ...)`. */
  private baseCall(node: Expr): ClassDef | null | undefined {
    if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.attr !== "__init__") {
      return undefined;
    }
    const [first, ...rest] = node.args;
    const others = [...rest, ...node.keywords.map((keyword) => keyword.value)];
    const { value } = node.func;
    const isSuper =
      value.kind === "Call" && value.func.kind === "Name" && value.func.id === "super";
    if (isSuper) {
      return [...node.args, ...others].some((arg) => this.mentionsSelf(arg)) ? undefined : null;
    }
    const known = meaning(value, this.view, this.facts);
    return known?.kind === "class" &&
      first !== undefined &&
      this.isSelf(first) &&
      !others.some((arg) => this.mentionsSelf(arg))
      ? known.node
      : undefined;
  }

  /** Other than to read a field. */
  private mentionsSelf(root: Expr): boolean {
    let found = false;
    walk(root, (node) => {
      found ||= node.kind === "Name" && node.id === this.self;
    });
    return found;
  }
}

function isStore(attribute: AnyNode, root: AnyNode): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.kind === "Assign") {
      found ||= node.targets.some((target) => target === attribute);
    }
  });
  return found;
}
