/**
 * What MicroPython itself says of the errors that this compiler explains at more length: programs
 * that compile text while they run (`exec`) see these exceptions and messages. Called by
 * `compile-snippet.ts`.
 */
import type { DiagnosticCode } from "./catalog.js";
import type { Diagnostic } from "./diagnostic.js";

export interface MicroPythonError {
  readonly type: "SyntaxError" | "IndentationError" | "NotImplementedError";
  readonly message: string;
  /** Without the digits that are none, which builds for boards do not tell. */
  readonly brief?: string;
  /** Found by the parser, which reads all of the text before anything else is looked at. */
  readonly early: boolean;
}

type Rows = Partial<Record<DiagnosticCode, string | ((text: string) => string)>>;

/** MicroPython's parser; of most things it says no more than "invalid syntax". */
const parser: Rows = {
  MPY1011: numberMessage,
  MPY1012: numberMessage,
  MPY1013: numberMessage,
  MPY1025: "malformed f-string",
  MPY2006: "not a constant",
};

const compiler: Rows = {
  MPY2001: "can't assign to expression",
  MPY2002: "*x must be assignment target",
  MPY2004: "can't delete expression",
  MPY2005: "multiple *x in assignment",
  MPY2011: "'break'/'continue' outside loop",
  MPY2012: "'return' outside function",
  MPY2013: "'yield' outside function",
  MPY2014: "'await' outside function",
  MPY2015: "async for/with outside async function",
  MPY2016: "identifier redefined as global",
  MPY2017: "identifier redefined as nonlocal",
  MPY2018: "no binding for nonlocal found",
  MPY2019: "can't declare nonlocal in outer code",
  MPY2020: "import * not at module level",
  MPY2021: "super() can't find self",
  MPY2113: "default 'except' must be last",
  MPY2114: "invalid micropython decorator",
  MPY2143: "non-default argument follows default argument",
  MPY2144: "argument name reused",
  MPY2150: "* arg after **",
  MPY2151: "* arg after kwarg",
  MPY2153: "positional arg after **",
  MPY2154: "positional arg after keyword arg",
  MPY2155: "LHS of keyword arg must be an id",
  MPY2156: "too many args",
};

const indentation: Rows = {
  MPY1051: "unexpected indent",
  MPY1052: "unindent doesn't match any outer indent level",
};

/** @param text the part of the source that the diagnostic is about */
export function micropythonError({ code }: Diagnostic, text: string): MicroPythonError {
  const say = (rows: Rows): string | null => {
    const row = rows[code as DiagnosticCode];
    return typeof row === "function" ? row(text) : (row ?? null);
  };
  if (code === "MPY1016") {
    return { type: "NotImplementedError", message: "unicode name escapes", early: true };
  }
  const indent = say(indentation);
  if (indent !== null) return { type: "IndentationError", message: indent, early: true };
  const late = say(compiler);
  if (late !== null) return { type: "SyntaxError", message: late, early: false };
  const message = say(parser) ?? "invalid syntax";
  const [brief = message] = message.split(": ");
  return { type: "SyntaxError", message, brief, early: true };
}

const PREFIXES: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };

function numberMessage(literal: string): string {
  const text = literal.replaceAll("_", "");
  const base = text[0] === "0" ? PREFIXES[(text[1] ?? "").toLowerCase()] : undefined;
  const digits = base === undefined ? text : text.slice(2);
  if (digits.includes(".") || (base === undefined && /[ej]/i.test(digits))) {
    return "invalid syntax for number";
  }
  const tried = base ?? (text[0] === "0" ? 0 : 10);
  return `invalid syntax for integer with base ${tried}: '${digits}'`;
}
