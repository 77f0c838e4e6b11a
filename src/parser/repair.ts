/**
 * The text that the grammar gets when lines are damaged: each of them replaced by a harmless
 * statement of the same length, so that the rest of the file can still be read and offsets hold.
 */
import type { LogicalLine } from "./scan.js";

/** Headers that belong to an open statement must stay what they are. */
const headers: Readonly<Record<string, string>> = {
  elif: "elif 1:",
  else: "else:",
  except: "except:",
  finally: "finally:",
};

export function repairText(text: string, lines: readonly LogicalLine[]): string {
  if (!lines.some((line) => line.damaged)) return text;
  const parts: string[] = [];
  let from = 0;
  lines.forEach((line, i) => {
    if (!line.damaged) return;
    const next = lines[i + 1];
    const opensBlock = next !== undefined && next.column > line.column;
    parts.push(
      text.slice(from, line.start),
      standIn(text.slice(line.start, line.end), line, opensBlock),
    );
    from = line.end;
  });
  parts.push(text.slice(from));
  return parts.join("");
}

/** Same length and same line ends; empty where there is no room, as for a decorator. */
function standIn(source: string, line: LogicalLine, opensBlock: boolean): string {
  const header = headers[line.firstWord];
  const simple = opensBlock ? "if 1:" : "pass";
  const statement = header !== undefined ? header + (opensBlock ? "" : "pass") : simple;
  const decorator = source.startsWith("@");
  const firstLine = source.split("\n", 1)[0] ?? "";
  const text = decorator || statement.length > firstLine.length ? "" : statement;
  return text + source.slice(text.length).replace(/[^\n]/g, " ");
}
