/**
 * What the walk over a module has found so far, and what it may note where it is now: nothing in dead
 * code, nothing twice. Shared by `statement-flow.ts` and `expression-flow.ts`; made by `flow.ts`.
 */
import type { AnyNode, FunctionNode, Name } from "../../parser/ast.js";
import type { StoreNode } from "../analysis.js";
import type { BindingRecord } from "../records.js";
import type { ScopeTable } from "../scopes.js";
import type { State } from "./state.js";

export interface LedgerOptions {
  /**
   * A function or class that JavaScript declares before the module body runs, or a function that is
   * defined together with those that read it. Functions may take it for bound: only a program that
   * fails with NameError could tell.
   */
  readonly isHoisted: (binding: BindingRecord) => boolean;
  /** Deleted from outside of the module. */
  readonly deletedElsewhere: (name: string) => boolean;
}

/** A function whose body is walked after the module's. */
export interface Deferred {
  readonly node: FunctionNode;
  readonly outer: State;
  /** Index of the statement of the module body it is created in. */
  readonly top: number;
}

export class Ledger {
  readonly unbound = new Set<Name>();
  readonly completes = new Map<AnyNode, boolean>();
  readonly queue: Deferred[] = [];
  /** Index of the statement of the module body that is walked, or whose functions are. */
  top = 0;
  inFunction = false;
  private readonly deletable = new Set<BindingRecord>();
  private isRepeated = false;
  private isDead = false;

  constructor(
    readonly table: ScopeTable,
    private readonly options: LedgerOptions,
  ) {
    for (const scope of table.scopes.values()) {
      for (const binding of scope.bindings.values()) {
        const isDeleted =
          binding.deletes.length > 0 ||
          binding.stores.some((store) => store.kind === "ExceptHandler") ||
          (scope === table.root && options.deletedElsewhere(binding.name));
        if (isDeleted) this.deletable.add(binding);
      }
    }
  }

  /** What is left where control may arrive from a point that is not known. */
  weaken(state: State): State {
    const result = new Set(state);
    for (const binding of this.deletable) result.delete(binding);
    return result;
  }

  store(node: StoreNode, state: State): void {
    const binding = this.table.bindingOf.get(node);
    if (binding !== undefined) state.add(binding);
  }

  load(node: Name, state: State): void {
    const binding = this.table.bindingOf.get(node);
    if (binding === undefined || state.has(binding) || this.isRepeated || this.isDead) return;
    if (!(this.inFunction && this.options.isHoisted(binding))) this.unbound.add(node);
  }

  /** Whether the end of a statement or handler is reached. */
  noteEnd(node: AnyNode, completes: boolean): void {
    if (!this.isRepeated && !this.isDead) this.completes.set(node, completes);
  }

  defer(node: FunctionNode, state: State): void {
    if (!this.isRepeated) this.queue.push({ node, outer: this.weaken(state), top: this.top });
  }

  /** A walk over code that has been walked before. */
  repeated<T>(walk: () => T): T {
    const { isRepeated } = this;
    this.isRepeated = true;
    const result = walk();
    this.isRepeated = isRepeated;
    return result;
  }

  /** Functions in dead code still need an analysis of their own. */
  dead(walk: () => void): void {
    const { isDead } = this;
    this.isDead = true;
    walk();
    this.isDead = isDead;
  }
}
