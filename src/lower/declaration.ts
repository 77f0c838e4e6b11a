/** Says whether a statement is a place where a variable is declared; asked by everything that stores. */
import type { Binding } from "../analyze/analysis.js";
import type { ExceptHandler, Stmt } from "../parser/ast.js";

/** `const` or `let` where the variable is declared by `at`; null where it is declared elsewhere. */
export function declarationAt(
  binding: Binding | null | undefined,
  at: Stmt | ExceptHandler | null,
): "const" | "let" | null {
  return binding && at !== null ? (binding.places.get(at) ?? null) : null;
}
