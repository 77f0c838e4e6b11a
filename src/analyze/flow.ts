/**
 * Definite assignment and reachability: which reads may find their name unbound, which statements
 * complete, how functions end. One forward walk per function; the state is the set of bindings that
 * are surely bound, null where the code is unreachable. Called by `analyze.ts`.
 *
 * Bindings that are deleted somewhere lose their place in the state wherever control can arrive
 * from an unknown point (loop heads, handlers, functions called later).
 */
import type { AnyNode, Arguments, FunctionNode, Module, Name } from "../parser/ast.js";
import { ExpressionFlow } from "./flow/expression-flow.js";
import { type Deferred, Ledger, type LedgerOptions } from "./flow/ledger.js";
import type { State } from "./flow/state.js";
import { StatementFlow } from "./flow/statement-flow.js";
import type { BindingRecord } from "./records.js";
import type { ScopeTable } from "./scopes.js";

export interface FlowOptions extends LedgerOptions {
  /** A `with` may swallow an exception: some context manager of the program can return true. */
  readonly withMaySuppress: boolean;
  /** For each statement of the module body: running it may call functions of this module. */
  readonly mayCallModule: readonly boolean[];
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
  const ledger = new Ledger(table, options);
  const { withMaySuppress, mayCallModule } = options;
  const { boundAtEnd, known } = walkModule(module, ledger, withMaySuppress, mayCallModule);
  const ends = new Map<FunctionNode, FunctionEnd>();
  ledger.inFunction = true;
  for (let next = ledger.queue.shift(); next !== undefined; next = ledger.queue.shift()) {
    ends.set(next.node, walkFunction(next, known[next.top] as State, ledger, withMaySuppress));
  }
  return { unbound: ledger.unbound, completes: ledger.completes, ends, boundAtEnd };
}

/** Of a module on its own: nothing is known of the modules around it. */
const ALONE = { mayCallModule: [], isHoisted: () => true, deletedElsewhere: () => false };

/** Only how functions end and what is bound: no module around it is needed for that. */
export function reachability(module: Module, table: ScopeTable, withMaySuppress: boolean): Flow {
  return analyzeFlow(module, table, { withMaySuppress, ...ALONE });
}

/** What is surely bound when the module has run to its end, whatever a `with` suppresses; functions aside. */
export function boundAtEnd(module: Module, table: ScopeTable): ReadonlySet<BindingRecord> {
  const ledger = new Ledger(table, ALONE);
  return walkModule(module, ledger, true, ALONE.mayCallModule).boundAtEnd;
}

interface ModuleWalk {
  readonly boundAtEnd: State;
  /** For each statement of the body: what the functions that it creates may take for bound. */
  readonly known: readonly State[];
}

function walkModule(
  module: Module,
  ledger: Ledger,
  withMaySuppress: boolean,
  mayCallModule: readonly boolean[],
): ModuleWalk {
  const statements = new StatementFlow(ledger, withMaySuppress);
  let state: State | null = new Set();
  const known: State[] = [];
  for (const [i, statement] of module.body.entries()) {
    ledger.top = i;
    const calls = mayCallModule[i] === true;
    const before: State | null = calls && state !== null ? new Set(state) : null;
    state = statements.statement(statement, state);
    if (calls) knowUpTo(before, known, ledger);
  }
  const boundAtEnd = ledger.weaken(state ?? new Set());
  knowUpTo(state === null ? null : boundAtEnd, known, ledger);
  return { boundAtEnd, known };
}

/**
 * Notes what the functions that were created by the statements so far may take for bound, where that
 * is not noted yet: `state`, from before the first statement that may call one of them.
 */
function knowUpTo(state: State | null, known: State[], ledger: Ledger): void {
  const { queue } = ledger;
  let shared: State | undefined;
  for (let at = queue.length - 1; at >= 0; at--) {
    const { top } = queue[at] as Deferred;
    if (known[top] !== undefined && known[top] !== shared) break;
    shared ??= ledger.weaken(state ?? new Set());
    known[top] = shared;
  }
}

function walkFunction(
  { node, outer, top }: Deferred,
  known: State,
  ledger: Ledger,
  withMaySuppress: boolean,
): FunctionEnd {
  ledger.top = top;
  const state: State = new Set([...outer, ...known]);
  storeParameters(node.args, ledger, state);
  if (node.kind === "Lambda") {
    new ExpressionFlow(ledger).expression(node.body, state);
    return { endReachable: false, returnsValue: "always" };
  }
  const statements = new StatementFlow(ledger, withMaySuppress);
  const endReachable = statements.block(node.body, state) !== null;
  const { valued, bare } = statements;
  const returnsValue = valued === 0 ? "never" : endReachable || bare > 0 ? "sometimes" : "always";
  return { endReachable, returnsValue };
}

function storeParameters(args: Arguments, ledger: Ledger, state: State): void {
  const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
  for (const arg of [...all, args.vararg, args.kwarg]) {
    if (arg !== null) ledger.store(arg, state);
  }
}
