/**
 * The raw material of name resolution: each place in the text where a name is used, and where that
 * place lies in the blocks of its scope. Built by `scope-builder.ts`, read by the passes that
 * reason about order (`declare.ts`, `scopes.ts`).
 */
import type { ExceptHandler, Name, Stmt } from "../parser/ast.js";
import type { StoreNode } from "./analysis.js";
import type { ScopeRecord } from "./records.js";

export type Block = readonly (Stmt | ExceptHandler)[];

/** A statement (or handler) within the blocks of one scope; `parent` is the one around its block. */
export interface Position {
  readonly parent: Position | null;
  readonly node: Stmt | ExceptHandler;
  readonly block: Block;
  /** Within the body of a loop of this scope. */
  readonly inLoop: boolean;
}

export interface Occurrence {
  readonly node: StoreNode | Name;
  readonly name: string;
  readonly use: "load" | "store" | "delete";
  readonly scope: ScopeRecord;
  /** Null in lambdas and comprehensions, which have no statements. */
  readonly position: Position | null;
}

/** Where `occurrence` lies in `scope`, which is its own scope or one around it. */
export function positionIn(occurrence: Occurrence, scope: ScopeRecord): Position | null {
  let position = occurrence.position;
  for (let at = occurrence.scope; at !== scope && at.parent !== null; at = at.parent) {
    position = at.position;
  }
  return position;
}

/** The occurrence runs in code that may be called after the statement it stands in. */
export function runsLater(occurrence: Occurrence, scope: ScopeRecord): boolean {
  for (let at = occurrence.scope; at !== scope && at.parent !== null; at = at.parent) {
    if (at.kind === "function" || at.kind === "lambda" || at.node.kind === "GeneratorExp") {
      return true;
    }
  }
  return false;
}
