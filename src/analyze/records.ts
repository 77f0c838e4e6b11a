/**
 * Scopes and bindings while they are being built: the mutable side of the types in `analysis.ts`.
 * Only `scope-builder.ts` and `scopes.ts` write to them; everybody else gets the read-only types.
 */
import type { Alias, ClassDef, ExceptHandler, Name, Stmt } from "../parser/ast.js";
import type {
  Binding,
  ConstantFact,
  DefNode,
  ImportedName,
  Scope,
  ScopeNode,
  StoreNode,
} from "./analysis.js";
import type { Occurrence, Position } from "./occurrence.js";

export class ScopeRecord implements Scope {
  readonly children: ScopeRecord[] = [];
  readonly bindings = new Map<string, BindingRecord>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  usesDynamicNames = false;
  /** In a function that an assembler runs: names that it does not bind are the assembler's. */
  readonly isAssembly: boolean;

  constructor(
    readonly kind: Scope["kind"],
    readonly node: ScopeNode,
    readonly parent: ScopeRecord | null,
    /** Where in the parent's blocks the scope's node stands. */
    readonly position: Position | null,
    isAssembly = false,
  ) {
    this.isAssembly = isAssembly || parent?.isAssembly === true;
    parent?.children.push(this);
  }

  /** Whether names bound here are variables that nested scopes can close over. */
  get isFunctionLike(): boolean {
    return this.kind === "function" || this.kind === "lambda" || this.kind === "comprehension";
  }

  bind(name: string): BindingRecord {
    let binding = this.bindings.get(name);
    if (binding === undefined) {
      binding = new BindingRecord(name, this);
      this.bindings.set(name, binding);
    }
    return binding;
  }
}

export class BindingRecord implements Binding {
  kind: Binding["kind"];
  jsName: string;
  readonly stores: StoreNode[] = [];
  readonly loads: Name[] = [];
  readonly deletes: Name[] = [];
  readonly occurrences: Occurrence[] = [];
  captured = false;
  capturedLater = false;
  rebound = false;
  constantFunction: DefNode | null = null;
  constantClass: ClassDef | null = null;
  imported: ImportedName | null = null;
  /** The `*` that binds it; such a binding has no stores. */
  star: Alias | null = null;
  constant: ConstantFact | null = null;
  declareAt: Binding["declareAt"] = "top";
  places: ReadonlyMap<Stmt | ExceptHandler, "const" | "let"> = new Map();
  mayBeUnbound = false;

  constructor(
    readonly name: string,
    readonly scope: ScopeRecord,
  ) {
    this.kind = scope.kind === "module" ? "global" : scope.kind === "class" ? "class" : "local";
    this.jsName = name;
  }
}
