/**
 * Compiles text while a program runs: what is behind Python's `exec`, `eval` and `compile`. Pure.
 * The result is the body of a function of `$runtime`, `$globals` and `$locals`. Called by
 * `snippet-compiler.ts`, which hands it to the runtime.
 */

import type { ProgramContext } from "./analyze/analysis.js";
import { analyze } from "./analyze/analyze.js";
import { programFacts } from "./analyze/program-facts.js";
import { walk } from "./analyze/walk.js";
import { type MicroPythonError, micropythonError } from "./diagnostics/micropython-message.js";
import { SourceFile } from "./diagnostics/source-file.js";
import { eraseTypes } from "./emit/erase-types.js";
import { linkTo } from "./emit/link.js";
import { print } from "./emit/print.js";
import type { ModuleContext, SnippetMode } from "./lower/frame.js";
import { lowerSnippet } from "./lower/snippet.js";
import { takenNames } from "./lower/taken-names.js";
import type { AnyNode, Module, Span } from "./parser/ast.js";
import { parse } from "./parser/parse.js";
import { forTracebacks, functionLines } from "./program/function-lines.js";
import { createResolver } from "./resolve.js";

export interface SnippetInput {
  readonly text: string;
  readonly mode: SnippetMode;
  /** Shown in tracebacks: "<string>". */
  readonly file: string;
}

export interface Snippet {
  /** The body of a function with the parameters `$runtime`, `$globals`, `$locals`. */
  readonly code: string;
  /** Source map of `code`, with what tracebacks need. */
  readonly map: string;
  /** It makes functions or classes, which may outlive its run. */
  readonly defines: boolean;
}

export interface SnippetError {
  readonly type: MicroPythonError["type"];
  readonly message: string;
  readonly brief?: string;
  readonly line: number;
  /** The function whose compilation failed; null where the text could not be parsed. */
  readonly block: string | null;
}

export type SnippetResult = { readonly snippet: Snippet } | { readonly error: SnippetError };

/** The name of the snippet among modules; none of a program can have it. */
const NAME = "<snippet>";

export function compileSnippet({ text, mode, file }: SnippetInput): SnippetResult {
  const source = new SourceFile(file, text);
  const { module, diagnostics } = parse(source);
  const error = firstError(source, module, diagnostics) ?? unsuitable(source, module, mode);
  if (error !== null) return { error };

  const context = lowering(source, module, mode);
  const body = eraseTypes(lowerSnippet(module, context));
  const imports = linkTo("$runtime", body, takenNames(context));
  const { code, map } = print(
    { type: "Program", sourceType: "module", body: [...imports, ...body] },
    { source: file, sourceText: "", layout: false },
  );
  const lines = functionLines(module, source);
  return {
    snippet: {
      code: `"use strict";\n${code}`,
      map: forTracebacks(shifted(map), file, lines),
      defines: definesFunctions(module),
    },
  };
}

/** One line down, after the directive. */
function shifted(map: string): string {
  return map.replace('"mappings":"', '"mappings":";');
}

function lowering(source: SourceFile, module: Module, mode: SnippetMode): ModuleContext {
  const resolver = createResolver({ isFile: () => false, isFolder: () => false }, []);
  const resolve: ProgramContext["resolveImport"] = (name, level) => {
    const found = level === 0 ? resolver.resolve(name ?? "") : null;
    return found?.kind === "runtime"
      ? { kind: "runtime", module: found.name }
      : { kind: "unknown", module: ".".repeat(level) + (name ?? "") };
  };
  const facts = programFacts(
    [{ name: NAME, isPackage: false, ast: module, open: true }],
    (_, name, level) => resolve(name, level),
    false,
  );
  const context: ProgramContext = {
    module: NAME,
    file: source.path,
    isPackage: false,
    resolveImport: resolve,
    facts,
  };
  return {
    source,
    analysis: analyze(module, context),
    name: NAME,
    path: source.path,
    isPackage: false,
    facts: false,
    snippet: mode,
    diagnostics: [],
    comments: [],
    besides: new Map(),
    hasExport: () => false,
    classExport: () => null,
    classInfo: () => null,
    exportName: (_from, name) => name,
    kindOf: () => null,
    blocks: () => true,
  };
}

// ---- errors ----------------------------------------------------------------------------------

type Diagnostics = ReturnType<typeof parse>["diagnostics"];

/** The error at which MicroPython would stop. */
function firstError(source: SourceFile, module: Module, all: Diagnostics): SnippetError | null {
  const errors = all
    .filter(({ severity }) => severity === "error")
    .map((found) => {
      const span = found.span ?? { start: 0, end: 0 };
      return { code: found.code, span, ...micropythonError(found, source.slice(span)) };
    });
  const first = errors.find(({ early }) => early) ?? errors[0];
  if (first === undefined) return null;
  const { code, type, message, brief = message, span, early } = first;
  const { line } = source.position(span.start);
  // A name used twice is found when the function is compiled, other parameters before.
  const block = early ? null : blockAround(module, span, code === "MPY2144");
  return { type, message, brief, line, block };
}

const BLOCKS: Partial<Record<AnyNode["kind"], string>> = {
  Lambda: "<lambda>",
  ListComp: "<listcomp>",
  DictComp: "<dictcomp>",
  SetComp: "<setcomp>",
  GeneratorExp: "<genexpr>",
};

/** The name of the innermost function or class around a place. */
function blockAround(module: Module, { start }: Span, withParameters: boolean): string {
  let name = "<module>";
  walk(module, (node) => {
    const isDef =
      node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "ClassDef";
    const [first] = isDef ? node.body : [];
    const from = isDef && !withParameters ? (first?.span.start ?? 0) - 1 : node.span.start;
    if (from < start && start < node.span.end)
      name = isDef ? node.name : (BLOCKS[node.kind] ?? name);
  });
  return name;
}

/** A program that is no expression, or more than one statement, though that was asked for. */
function unsuitable(source: SourceFile, module: Module, mode: SnippetMode): SnippetError | null {
  const at =
    mode === "eval"
      ? beyondExpression(source.text, module)
      : mode === "single"
        ? beyondStatement(source, module)
        : null;
  if (at === null) return null;
  const { line } = source.position(at);
  return { type: "SyntaxError", message: "invalid syntax", line, block: null };
}

/** Spaces, comments, and lines that are empty or continued. */
const BLANK = /^(?:[ \t\f\n]|\\\n|#[^\n]*)*$/;
/** Spaces before the first token. */
const INDENT = /^(?:[ \t\f]|\\\n)*$/;

/** The offset at which the text is no expression any more; null where it is one. */
function beyondExpression(text: string, { body }: Module): number | null {
  const [first, second] = body;
  if (first?.kind !== "Expr" || first.value.kind === "Yield" || first.value.kind === "YieldFrom") {
    // `(yield)` is an expression, but not outside of functions, as the parser has said already.
    return first?.span.start ?? text.length;
  }
  const { start, end } = first.span;
  if (!INDENT.test(text.slice(0, start))) return 0;
  if (second !== undefined) return second.span.start;
  return BLANK.test(text.slice(end)) ? null : end;
}

/** The same for one statement, or several simple ones on one line. */
function beyondStatement(source: SourceFile, { body }: Module): number | null {
  const [first, ...others] = body;
  if (first === undefined) return /^\n?$/.test(source.text) ? null : 0;
  if (!INDENT.test(source.text.slice(0, first.span.start))) return 0;
  let end = first.span.end;
  for (const statement of others) {
    if (source.text.slice(end, statement.span.start).replaceAll("\\\n", "").includes("\n")) {
      return statement.span.start;
    }
    end = statement.span.end;
  }
  return null;
}

function definesFunctions(module: Module): boolean {
  let found = false;
  walk(module, ({ kind }) => {
    found ||=
      kind === "FunctionDef" ||
      kind === "AsyncFunctionDef" ||
      kind === "ClassDef" ||
      kind === "Lambda" ||
      kind === "GeneratorExp";
  });
  return found;
}
