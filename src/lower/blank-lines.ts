/**
 * Blank lines between statements and comments are the author's, and are carried over. Called where
 * statements and comments are taken from the source.
 */
import type { SourceFile } from "../diagnostics/source-file.js";

/** Whether what starts at `offset` is the first of its line, and the line above is blank. */
export function blankAbove({ text }: SourceFile, offset: number): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  if (start === 0 || text.slice(start, offset).trim() !== "") return false;
  return text.slice(text.lastIndexOf("\n", start - 2) + 1, start - 1).trim() === "";
}
