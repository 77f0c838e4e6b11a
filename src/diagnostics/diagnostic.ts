/**
 * What every phase reports: a coded message at a place in a source file. Codes and texts live in
 * `catalog.ts`; `format.ts` prints them. Phases collect diagnostics and return them, they never throw.
 */
import type { Span } from "../parser/ast.js";

export type Severity = "error" | "warning";

export interface Diagnostic {
  /** `MPY` and four digits; literal and stable. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the user can do about it; printed apart from the message. */
  readonly hint: string | null;
  /** Path as the user gave it. */
  readonly file: string;
  /** Null for diagnostics about a whole file. */
  readonly span: Span | null;
}
