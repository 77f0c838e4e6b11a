/**
 * Which scope is being read, and which ones are still to be read: MicroPython reads a scope when it is
 * done with those before. Shared by `scopes.ts` and `scope-expressions.ts`.
 */
import type { Arguments } from "../ast.js";
import { ScopeTable } from "./scope-table.js";

export class ScopeReader {
  scope = new ScopeTable("module", null);
  loopDepth = 0;
  /** Whether the function being read has a parameter for `super()` to take as self. */
  hasParameters = false;
  readonly #queue: (() => void)[] = [];

  /** Reads a nested scope later, when all before it have been read. */
  defer(scope: ScopeTable, read: () => void): void {
    this.#queue.push(() => {
      this.scope = scope;
      this.loopDepth = 0;
      read();
    });
  }

  readDeferred(): void {
    for (let i = 0; i < this.#queue.length; i++) this.#queue[i]?.();
  }

  /** Declares them; false where there are none. */
  parameters(args: Arguments): boolean {
    const { args: positional, vararg, kwonlyargs, kwarg } = args;
    const all = [...positional, vararg, ...kwonlyargs, kwarg].filter((arg) => arg !== null);
    for (const { arg } of all) this.scope.declareLocal(arg);
    return all.length > 0;
  }

  get isInFunction(): boolean {
    return this.scope.kind === "function" || this.scope.kind === "lambda";
  }
}
