/** What an error of the operating system says, for diagnostics. Used wherever `cli/` touches files. */
import { getSystemErrorMap } from "node:util";

export function errorCode(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === "string" ? code : "";
}

/** The text of the system for it ("permission denied"), without path and call. */
export function errorReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno);
  return known?.[1] ?? message;
}
