/**
 * The shape of a row in the catalog's tables. A phase writes its rows with `error` and `warning`;
 * the key of a row is its code, so codes are literal types everywhere.
 */
import type { Severity } from "./diagnostic.js";

/** Arguments of a message that takes none. */
export type NoArguments = Readonly<Record<never, never>>;

export interface Rule<Arguments> {
  readonly severity: Severity;
  readonly message: (args: Arguments) => string;
  readonly hint: string | ((args: Arguments) => string) | null;
}

type Text<Arguments> = string | ((args: Arguments) => string);

export function error<Arguments = NoArguments>(
  message: Text<Arguments>,
  hint: Text<Arguments> | null = null,
): Rule<Arguments> {
  return row("error", message, hint);
}

export function warning<Arguments = NoArguments>(
  message: Text<Arguments>,
  hint: Text<Arguments> | null = null,
): Rule<Arguments> {
  return row("warning", message, hint);
}

function row<Arguments>(
  severity: Severity,
  message: Text<Arguments>,
  hint: Text<Arguments> | null,
): Rule<Arguments> {
  return { severity, message: typeof message === "string" ? () => message : message, hint };
}
