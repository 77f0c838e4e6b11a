/** Thrown by `simulate()` when the firmware does not compile. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";

export class CompileError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ file, code, message }) => `${file}: ${code}: ${message}`).join("\n"));
    this.name = "CompileError";
  }
}
