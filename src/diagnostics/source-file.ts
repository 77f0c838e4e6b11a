/**
 * A source text with its path and its lines. Made by whoever read the file (the CLI, a test, an
 * embedder), passed through all phases; spans are offsets into `text`. Line ends are normalised to
 * "\n" and a leading byte order mark, which editors add unseen, is dropped.
 */
import type { Span } from "../parser/ast.js";

/** 1-based, as editors and tsc count; columns are UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export class SourceFile {
  readonly path: string;
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly #lineStarts: readonly number[];

  constructor(path: string, text: string) {
    this.path = path;
    const withoutMark = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    this.text = withoutMark.includes("\r") ? withoutMark.replace(/\r\n?/g, "\n") : withoutMark;
    this.#lineStarts = lineStarts(this.text);
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** The text of a 1-based line without its line end; empty for a line that is not there. */
  line(line: number): string {
    const start = this.#lineStarts[line - 1];
    if (start === undefined) return "";
    const next = this.#lineStarts[line];
    return this.text.slice(start, next === undefined ? this.text.length : next - 1);
  }

  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length;
  }

  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#lineStarts[low] ?? 0) + 1 };
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
