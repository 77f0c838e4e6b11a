/**
 * Checks the columns of logical lines the way MicroPython's lexer does. The grammar alone would
 * take many a slip for a block of another statement. Called by `parse.ts`.
 */
import type { Span } from "./ast.js";
import type { LogicalLine, Report } from "./scan.js";

const blockWords = /^(?:def|class|if|elif|else|for|while|try|except|finally|with|async)$/;

/** Returns whether anything was wrong. */
export function checkIndentation(lines: readonly LogicalLine[], report: Report): boolean {
  const levels = [0];
  let wrong = false;
  let previous: LogicalLine | null = null;
  for (const line of lines) {
    const top = levels.at(-1) ?? 0;
    const place = { start: line.start, end: Math.min(line.end, line.start + 1) };
    const opensBlock = previous !== null && (previous.endsWithColon || previous.damaged);
    if (line.column > top) {
      if (!opensBlock) {
        reportIndent(previous, place, report);
        wrong = true;
      }
      levels.push(line.column);
    } else {
      if (previous?.endsWithColon && !previous.damaged && blockWords.test(previous.firstWord)) {
        report("MPY1053", { statement: previous.firstWord }, place);
        wrong = true;
      }
      const left: number[] = [];
      while ((levels.at(-1) ?? 0) > line.column) left.unshift(levels.pop() ?? 0);
      if (levels.at(-1) !== line.column) {
        report("MPY1052", {}, place);
        wrong = true;
        // What follows may stand at the level that this line should have had, or at its own.
        levels.push(line.column, ...left.slice(0, 1));
      }
    }
    previous = line;
  }
  if (previous?.endsWithColon && !previous.damaged && blockWords.test(previous.firstWord)) {
    const place = { start: previous.end - 1, end: previous.end };
    report("MPY1053", { statement: previous.firstWord }, place);
    wrong = true;
  }
  return wrong;
}

/** After `if x` the colon is what is missing, not the indentation what is too much. */
function reportIndent(previous: LogicalLine | null, place: Span, report: Report): void {
  if (previous !== null && blockWords.test(previous.firstWord) && !previous.hasColon) {
    report("MPY1035", {}, { start: previous.end - 1, end: previous.end });
  } else {
    report("MPY1051", {}, place);
  }
}
