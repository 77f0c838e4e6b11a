/**
 * Docstrings become JSDoc comments, as nothing can read them at run time. Called wherever a module, a
 * class or a function is lowered.
 */
import type { Statement, TargetComment } from "../emit/tree.js";
import type { Constant, Stmt } from "../parser/ast.js";
import { attachComments } from "./comments.js";
import type { Frame } from "./frame.js";

/** Up to here a docstring of one line is a comment of one line. */
const DOC_COLUMNS = 88;
/** One literal, with what is between its quotes. */
const LITERAL = /^[ur]?("""|'''|"|')([\s\S]*)\1$/i;

/** The body without its docstring. */
export function dropDocstring(body: readonly Stmt[]): readonly Stmt[] {
  return docstring(body) === null ? body : body.slice(1);
}

/** Puts the docstring of `body` before `target`. */
export function docComment<N extends Statement>(target: N, body: readonly Stmt[], frame: Frame): N {
  const comment = jsdoc(body, frame);
  return comment === null ? target : attachComments(target, [comment]);
}

/**
 * The docstring as it is written, escapes and all; the indentation that all its lines share goes, as
 * PEP 257 has it. Null where there is none.
 */
export function jsdoc(body: readonly Stmt[], frame: Frame): TargetComment | null {
  const literal = docstring(body);
  if (literal === null) return null;
  const { start, end } = literal.span;
  const written = LITERAL.exec(frame.module.source.text.slice(start, end))?.[2];
  const [first = "", ...rest] = (written ?? String(literal.value.value))
    .replaceAll("*/", "*\\/")
    .replaceAll("\t", "        ")
    .split("\n");
  const indents = rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  const lines = [first.trim(), ...rest.map((line) => line.slice(indent).trimEnd())];
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  while (lines.length > 1 && lines[0] === "") lines.shift();
  if (lines.length === 1 && first.length <= DOC_COLUMNS)
    return { type: "Block", value: `* ${lines[0]} ` };
  return {
    type: "Block",
    value: `*\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n `,
  };
}

type Docstring = Constant & { readonly value: { readonly type: "str"; readonly value: string } };

function docstring(body: readonly Stmt[]): Docstring | null {
  const first = body[0];
  if (first?.kind !== "Expr" || first.value.kind !== "Constant") return null;
  return first.value.value.type === "str" ? (first.value as Docstring) : null;
}
