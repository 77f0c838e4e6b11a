/**
 * A first look at the text, before the grammar: logical lines with their columns, brackets, where
 * strings end, characters that belong nowhere. What is wrong at this level would make the grammar
 * lose its way, so it is reported here, and the line is marked as damaged. Called by `parse.ts`.
 */
import type { DiagnosticArguments, DiagnosticCode } from "../diagnostics/catalog.js";
import type { Span } from "./ast.js";

export type Report = <C extends DiagnosticCode>(
  code: C,
  args: DiagnosticArguments<C>,
  span: Span,
) => void;

/** One statement line of Python, over all the physical lines that brackets and strings join. */
export interface LogicalLine {
  /** Offset of the first token and offset after the last. */
  readonly start: number;
  readonly end: number;
  /** Indentation as MicroPython counts it: a tab goes to the next multiple of 8. */
  readonly column: number;
  readonly firstWord: string;
  /** The last token is a colon outside of brackets: a block follows. */
  readonly endsWithColon: boolean;
  /** A colon stands somewhere outside of brackets. */
  readonly hasColon: boolean;
  readonly damaged: boolean;
}

export interface Scan {
  readonly lines: readonly LogicalLine[];
  readonly tooDeep: Span | null;
}

/** More open brackets than any program has; the grammar's tree would outgrow the stack. */
const MAX_BRACKETS = 200;

const closers: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

const WORD = /[A-Za-z_\u0080-\ud7ff\ue000-\u{10ffff}][A-Za-z0-9_\u0080-\ud7ff\ue000-\u{10ffff}]*/uy;
const STRING_PREFIX = /^(?:[rRuUbBfFtT]|[rR][bBfFtT]|[bBfFtT][rR])$/;
const OPERATOR = /[-+*/%@&|^~<>=.,:;0-9]/;
/** Words that begin a statement and can stand nowhere inside brackets. */
const statementWords =
  /^(?:def|class|return|import|while|try|with|pass|break|continue|raise|global|nonlocal|del|assert|except|finally|elif)$/;

export function scan(text: string, report: Report): Scan {
  return new Scanner(text, report).run();
}

class Scanner {
  readonly #lines: LogicalLine[] = [];
  readonly #brackets: { readonly char: string; readonly at: number }[] = [];
  #at = 0;
  #damaged = false;
  #tooDeep: Span | null = null;

  constructor(
    private readonly text: string,
    private readonly report: Report,
  ) {}

  run(): Scan {
    while (this.#at < this.text.length && this.#tooDeep === null) this.#readLine();
    return { lines: this.#lines, tooDeep: this.#tooDeep };
  }

  #readLine(): void {
    const column = this.#readIndentation();
    const first = this.text[this.#at];
    if (first === undefined) return;
    if (first === "\n") {
      this.#at++;
      return;
    }
    if (first === "#") {
      this.#skipComment();
      return;
    }
    this.#damaged = false;
    const start = this.#at;
    const firstWord = this.#wordAt(start);
    const tokens = this.#readTokens();
    this.#lines.push({ start, column, firstWord, ...tokens, damaged: this.#damaged });
  }

  #readIndentation(): number {
    let column = 0;
    for (;;) {
      const char = this.text[this.#at];
      if (char === "\t") column += 8 - (column % 8);
      else if (char === " " || char === "\f" || char === "\v") column++;
      else if (char === "\\" && this.text[this.#at + 1] === "\n") {
        column = 0;
        this.#at++;
      } else return column;
      this.#at++;
    }
  }

  #wordAt(at: number): string {
    WORD.lastIndex = at;
    return WORD.exec(this.text)?.[0] ?? "";
  }

  #skipComment(): void {
    const end = this.text.indexOf("\n", this.#at);
    this.#at = end === -1 ? this.text.length : end;
  }

  /** Reads up to the line end that ends the statement. */
  #readTokens(): { end: number; endsWithColon: boolean; hasColon: boolean } {
    let end = this.#at;
    let endsWithColon = false;
    let hasColon = false;
    while (this.#at < this.text.length) {
      const char = this.text[this.#at] ?? "";
      if (char === "\n") {
        if (this.#brackets.length === 0 || this.#closesEarly()) break;
        this.#at++;
      } else if (char === " " || char === "\t" || char === "\f" || char === "\v") {
        this.#at++;
      } else if (char === "#") {
        this.#skipComment();
      } else if (char === "\\" && this.text[this.#at + 1] === "\n") {
        this.#at += 2;
      } else {
        this.#readToken(char);
        if (this.#tooDeep !== null) break;
        end = this.#at;
        endsWithColon = char === ":" && this.#brackets.length === 0;
        hasColon ||= endsWithColon;
      }
    }
    this.#reportUnclosed();
    if (this.#at >= this.text.length && this.text.endsWith("\\\n")) {
      this.#fail("MPY1040", {}, { start: this.text.length - 2, end: this.text.length });
    }
    return { end, endsWithColon, hasColon };
  }

  #readToken(char: string): void {
    const word = this.#wordAt(this.#at);
    if (word !== "") {
      const quote = this.text[this.#at + word.length];
      if ((quote === "'" || quote === '"') && STRING_PREFIX.test(word)) {
        this.#readString(word.toLowerCase());
      } else {
        this.#at += word.length;
      }
    } else if (char === "'" || char === '"') {
      this.#readString("");
    } else if (char === "(" || char === "[" || char === "{") {
      this.#brackets.push({ char, at: this.#at });
      if (this.#brackets.length > MAX_BRACKETS) {
        this.#tooDeep = { start: this.#at, end: this.#at + 1 };
        this.#brackets.length = 0;
      }
      this.#at++;
    } else if (closers[char] !== undefined) {
      this.#closeBracket(char, closers[char] ?? "");
      this.#at++;
    } else if (OPERATOR.test(char)) {
      this.#at++;
    } else if (char === "!" && this.text[this.#at + 1] === "=") {
      this.#at += 2;
    } else {
      this.#invalidCharacter(char);
    }
  }

  #invalidCharacter(char: string): void {
    const place = { start: this.#at, end: this.#at + 1 };
    if (char === "\\") this.#fail("MPY1007", {}, place);
    else if (char === "`") this.#fail("MPY1009", {}, place);
    else if (char === "!") this.#fail("MPY1010", {}, place);
    else this.#fail("MPY1008", { character: printable(char) }, place);
    this.#at++;
  }

  #closeBracket(char: string, opener: string): void {
    const top = this.#brackets.at(-1);
    const place = { start: this.#at, end: this.#at + 1 };
    if (top?.char === opener) {
      this.#brackets.pop();
      return;
    }
    if (top === undefined) this.#fail("MPY1003", { character: char }, place);
    else this.#fail("MPY1004", { closing: char, opening: top.char }, place);
    const match = this.#brackets.map((bracket) => bracket.char).lastIndexOf(opener);
    if (match !== -1) this.#brackets.length = match;
    else this.#brackets.pop();
  }

  /** Inside brackets, at a line end: does the next line clearly begin another statement? */
  #closesEarly(): boolean {
    const before = this.#at;
    this.#at++;
    this.#readIndentation();
    const word = this.#wordAt(this.#at);
    this.#at = before;
    return statementWords.test(word);
  }

  #reportUnclosed(): void {
    const innermost = this.#brackets.at(-1);
    this.#brackets.length = 0;
    if (innermost === undefined) return;
    const { char, at } = innermost;
    this.#fail("MPY1002", { character: char }, { start: at, end: at + 1 });
  }

  #readString(prefix: string): void {
    const start = this.#at;
    const format = prefix.includes("f") || prefix.includes("t");
    this.#at += prefix.length;
    const quote = this.text[this.#at] ?? "";
    const long = this.text.startsWith(quote.repeat(3), this.#at);
    const end = long ? quote.repeat(3) : quote;
    this.#at += end.length;
    for (;;) {
      const char = this.text[this.#at];
      if (char === undefined || (char === "\n" && !long)) {
        const place = { start, end: long ? start + prefix.length + 3 : this.#at };
        this.#fail(long ? "MPY1006" : "MPY1023", {}, place);
        return;
      }
      if (this.text.startsWith(end, this.#at)) {
        this.#at += end.length;
        return;
      }
      if (char === "\\") this.#at += 2;
      else if (format && char === "{") {
        if (this.text[this.#at + 1] === "{") this.#at += 2;
        else if (!this.#skipField(quote, long)) return;
      } else this.#at++;
    }
  }

  /** A replacement field is cut out without regard to quotes; false when it does not end. */
  #skipField(quote: string, long: boolean): boolean {
    const start = this.#at;
    let level = 0;
    for (let at = start + 1; at < this.text.length; at++) {
      const char = this.text[at] ?? "";
      if (char === "\n" && !long && !this.#endsOnOneLine(at, quote)) break;
      const conversion = char === "!" && /^![rs][:}]$/.test(this.text.slice(at, at + 3));
      if (level === 0 && (char === ":" || char === "}" || conversion)) {
        this.#at = at;
        return true;
      }
      if (char === "[" || char === "{") level++;
      else if (char === "]" || char === "}") level--;
    }
    this.#fail("MPY1024", {}, { start, end: start + 1 });
    const lineEnd = this.text.indexOf("\n", start);
    this.#at = lineEnd === -1 ? this.text.length : lineEnd;
    return false;
  }

  /** After a line end in the field of a short string: do field and string end on one later line? */
  #endsOnOneLine(from: number, quote: string): boolean {
    const brace = this.text.indexOf("}", from);
    if (brace === -1) return false;
    const lineEnd = this.text.indexOf("\n", brace);
    return this.text.slice(brace, lineEnd === -1 ? undefined : lineEnd).includes(quote);
  }

  #fail<C extends DiagnosticCode>(code: C, args: DiagnosticArguments<C>, span: Span): void {
    this.#damaged = true;
    this.report(code, args, span);
  }
}

function printable(char: string): string {
  const code = char.charCodeAt(0);
  const visible = code > 0x20 && code < 0x7f;
  return visible ? char : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
