/** Thrown by `simulate()` when the firmware does not compile: the message says what the command line prints. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatFrame, formatLine } from "../diagnostics/format.js";
import type { SourceFile } from "../diagnostics/source-file.js";

export class CompileError extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    sources: ReadonlyMap<string, SourceFile> = new Map(),
  ) {
    super(diagnostics.map((found) => described(found, sources.get(found.file))).join("\n"));
    this.name = "CompileError";
  }
}

function described(found: Diagnostic, source: SourceFile | undefined): string {
  const hint = found.hint === null ? "" : `\n  hint: ${found.hint}`;
  const frame = source === undefined || found.span === null ? "" : formatFrame(found, source);
  return `${formatLine(found, source)}${hint}${frame === "" ? "" : `\n\n${frame}\n`}`;
}
