/**
 * Source text -> AST and diagnostics: the first phase of the compiler. Accepts what MicroPython's
 * compiler accepts. The module is complete only when no diagnostic is an error.
 */
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../diagnostics/source-file.js";
import type { Comment, Module, Stmt } from "./ast.js";
import { buildAst } from "./ast-builder.js";
import { parseCst, type SyntaxFault } from "./cst.js";
import { dropDeadBranches } from "./dead-branches.js";
import { checkIndentation } from "./indentation.js";
import { placeInnerConstants } from "./inner-constants.js";
import { repairText } from "./repair.js";
import { type LogicalLine, type Report, scan } from "./scan.js";
import { reportFaults } from "./syntax-faults.js";
import { checkScopes } from "./validate/scopes.js";
import { checkShapes } from "./validate/shapes.js";

export interface ParseResult {
  readonly module: Module;
  readonly diagnostics: readonly Diagnostic[];
}

export function parse(source: SourceFile): ParseResult {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, args, { start, end }) => {
    diagnostics.push(diagnostic(code, args, source.path, { start, end }));
  };
  const module = parseModule(source, report, () => diagnostics.length > 0);
  diagnostics.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return { module, diagnostics: withoutEchoes(source, diagnostics) };
}

/** The last resorts of `syntax-faults.ts`: worth saying only where nothing better was said. */
const vague: ReadonlySet<string> = new Set(["MPY1001", "MPY1035", "MPY1040"]);

function withoutEchoes(source: SourceFile, all: readonly Diagnostic[]): readonly Diagnostic[] {
  const lineOf = ({ span }: Diagnostic) => source.position(span?.start ?? 0).line;
  const told = new Set(all.filter(({ code }) => !vague.has(code)).map(lineOf));
  return all.filter((one) => !vague.has(one.code) || !told.has(lineOf(one)));
}

function parseModule(source: SourceFile, report: Report, hasErrors: () => boolean): Module {
  const finish = (body: readonly Stmt[], comments: readonly Comment[]): Module => {
    return { kind: "Module", span: { start: 0, end: source.text.length }, body, comments };
  };
  const scanned = scan(source.text, report);
  if (scanned.tooDeep !== null) {
    report("MPY1005", {}, scanned.tooDeep);
    return finish([], []);
  }
  const badIndentation = checkIndentation(scanned.lines, report);
  const text = repairText(source.text, scanned.lines);
  const { root, comments, faults, tooDeep } = parseCst(text);
  if (root === null) {
    report("MPY1005", {}, tooDeep ?? { start: 0, end: 0 });
    return finish([], comments);
  }
  const repaired = text === source.text ? source : new SourceFile(source.path, text);
  checkShapes(root, { report, text: ({ start, end }) => text.slice(start, end) });
  const telling = badIndentation ? faults.filter(notIndentation(scanned.lines)) : faults;
  // A match statement has been refused as a whole; what the grammar makes of it is no news.
  reportFaults(repaired, hasErrors() ? telling.filter(notInMatch) : telling, report);
  const module = finish(buildAst(repaired, root, report), comments);
  if (!hasErrors()) checkScopes(module, report);
  return hasErrors() ? module : dropDeadBranches(placeInnerConstants(module));
}

/** Where the indentation is wrong the grammar stumbles at the beginning of lines. */
function notIndentation(lines: readonly LogicalLine[]): (fault: SyntaxFault) => boolean {
  const starts = new Set(lines.map((line) => line.start));
  const ends = new Set(lines.map((line) => line.end));
  const last = lines.at(-1)?.end ?? 0;
  return ({ start, end }) =>
    !starts.has(end) && !starts.has(start) && !ends.has(start) && start < last;
}

function notInMatch({ within }: SyntaxFault): boolean {
  return !within.some((name) => name.startsWith("Match"));
}
