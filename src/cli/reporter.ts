/**
 * Prints diagnostics and counts them: tsc's lines, with a code frame on a terminal, or JSON. Every
 * command makes one and gives its exit code from it.
 */
import pc from "picocolors";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  formatFrame,
  formatJson,
  formatLine,
  type Paint,
  plainPaint,
} from "../diagnostics/format.js";
import type { SourceFile } from "../diagnostics/source-file.js";

export interface Reporter {
  report(found: readonly Diagnostic[], sources?: ReadonlyMap<string, SourceFile>): void;
  /** A line for the user; nothing where the output is JSON. */
  say(text: string): void;
  readonly errors: number;
  readonly warnings: number;
}

export interface ReporterOptions {
  readonly json: boolean;
  readonly stream: { write(text: string): unknown; readonly isTTY?: boolean };
}

export function createReporter({ json, stream }: ReporterOptions): Reporter {
  const pretty = stream.isTTY === true;
  // picocolors itself turns colours off where NO_COLOR asks for it.
  const paint = pretty ? colours() : plainPaint;
  let errors = 0;
  let warnings = 0;

  function print(found: Diagnostic, source: SourceFile | undefined): void {
    if (json) {
      stream.write(`${formatJson(found, source)}\n`);
      return;
    }
    stream.write(`${formatLine(found, source, paint)}\n`);
    if (pretty && source && found.span) stream.write(`\n${formatFrame(found, source, paint)}\n`);
    if (found.hint !== null) stream.write(`  ${paint.dim(`hint: ${found.hint}`)}\n`);
    if (pretty) stream.write("\n");
  }

  return {
    report(found, sources) {
      for (const one of inOrder(found)) {
        if (one.severity === "error") errors++;
        else warnings++;
        print(one, sources?.get(one.file));
      }
    },
    say(text) {
      if (!json) stream.write(`${text}\n`);
    },
    get errors() {
      return errors;
    },
    get warnings() {
      return warnings;
    },
  };
}

/** By file in the order of their first diagnostic, then by place. */
function inOrder(found: readonly Diagnostic[]): Diagnostic[] {
  const files = [...new Set(found.map(({ file }) => file))];
  return [...found].sort(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) ||
      (a.span?.start ?? -1) - (b.span?.start ?? -1),
  );
}

function colours(): Paint {
  return { error: pc.red, warning: pc.yellow, path: pc.cyan, dim: pc.dim };
}

/** `1 error`, `2 errors`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
