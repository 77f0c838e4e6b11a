/**
 * Every diagnostic the project can report, by code. Each phase keeps its rows in a file of its own
 * beside this one; to add a diagnostic, add a row there. The first digit is the phase:
 * 1 lexical and syntax, 2 validation, 3 program and analysis, 4 unsupported, 5 files and options.
 */
import type { Span } from "../parser/ast.js";
import type { Diagnostic } from "./diagnostic.js";
import { fileRules } from "./file-rules.js";
import { programRules } from "./program-rules.js";
import type { Rule } from "./rule.js";
import { syntaxRules } from "./syntax-rules.js";
import { unsupportedRules } from "./unsupported-rules.js";
import { validationRules } from "./validation-rules.js";

export const catalog = {
  ...syntaxRules,
  ...validationRules,
  ...programRules,
  ...unsupportedRules,
  ...fileRules,
};

type Catalog = typeof catalog;
export type DiagnosticCode = keyof Catalog;
export type DiagnosticArguments<C extends DiagnosticCode> = Parameters<Catalog[C]["message"]>[0];

/** The one way to make a diagnostic; `span` is null for one about a whole file. */
export function diagnostic<C extends DiagnosticCode>(
  code: C,
  args: DiagnosticArguments<C>,
  file: string,
  span: Span | null,
): Diagnostic {
  // The row of a code takes that code's arguments; the union of all rows cannot say so.
  const rule = catalog[code] as unknown as Rule<DiagnosticArguments<C>>;
  return {
    code,
    severity: rule.severity,
    message: rule.message(args),
    hint: typeof rule.hint === "function" ? rule.hint(args) : rule.hint,
    file,
    span,
  };
}
