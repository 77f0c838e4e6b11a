/**
 * The scopes of a module and the occurrences of names in them, as far as the walk has come, and where
 * it is. Made by `scope-builder.ts`; `expression-scopes.ts` records into it too.
 */
import type { Arguments, Module, Name } from "../parser/ast.js";
import type { ScopeNode, StoreNode } from "./analysis.js";
import type { Occurrence, Position } from "./occurrence.js";
import { ScopeRecord } from "./records.js";

export class ScopeRecorder {
  readonly root: ScopeRecord;
  readonly scopes = new Map<ScopeNode, ScopeRecord>();
  readonly occurrences: Occurrence[] = [];
  scope: ScopeRecord;
  position: Position | null = null;

  constructor(module: Module) {
    this.root = new ScopeRecord("module", module, null, null);
    this.scope = this.root;
    this.scopes.set(module, this.root);
  }

  record(node: StoreNode | Name, name: string, use: Occurrence["use"]): void {
    const { scope, position } = this;
    this.occurrences.push({ node, name, use, scope, position });
  }

  parameters(args: Arguments): void {
    const { vararg, kwarg } = args;
    for (const arg of [...args.posonlyargs, ...args.args, vararg, ...args.kwonlyargs, kwarg]) {
      if (arg !== null) this.record(arg, arg.arg, "store");
    }
  }

  /** A scope of its own for what `visit` records. */
  inScope(kind: ScopeRecord["kind"], node: ScopeNode, visit: () => void, isAssembly = false): void {
    const { scope, position } = this;
    this.scope = new ScopeRecord(kind, node, scope, position, isAssembly);
    this.scopes.set(node, this.scope);
    this.position = null;
    visit();
    this.scope = scope;
    this.position = position;
  }
}
