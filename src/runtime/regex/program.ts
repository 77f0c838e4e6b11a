/**
 * Regular expressions in MicroPython's small dialect, compiled to a program of bytes for match.ts:
 * no counts (`a{2}` is text), no flags, no look-around; escapes other than \d \s \w are themselves.
 * Jumps are relative and must fit a byte, which is why long expressions are "too complex".
 */

import { ValueError } from "../core/exception/exceptions.js";

export const CHAR = 1;
export const ANY = 2;
export const CLASS = 3;
export const CLASS_NOT = 4;
export const NAMED_CLASS = 5;
export const MATCH = 6;
export const JUMP = 7;
/** Tries what follows first, then the jump. */
export const SPLIT = 8;
/** Tries the jump first, then what follows. */
export const SPLIT_JUMP = 9;
export const SAVE = 10;
export const LINE_START = 11;
export const LINE_END = 12;

/** In a class, instead of the first character of a range: the second one names a class. */
export const NAMED = -1;

export interface Program {
  code: readonly number[];
  /** How many groups, without the whole match. */
  groups: number;
}

export function compileRegex(pattern: string): Program {
  const compiler = new Compiler(pattern);
  compiler.code.push(SAVE, 0);
  compiler.alternatives();
  if (!compiler.done) throw new ValueError("error in regex");
  compiler.code.push(SAVE, 1, MATCH);
  return { code: compiler.code, groups: compiler.groups };
}

function tooComplex(): ValueError {
  return new ValueError("regex too complex");
}

class Compiler {
  readonly code: number[] = [];
  groups = 0;
  private at = 0;

  constructor(private readonly pattern: string) {}

  get done(): boolean {
    return this.at >= this.pattern.length;
  }

  /** Up to the end or to a closing parenthesis. */
  alternatives(): void {
    const { code, pattern } = this;
    const start = code.length;
    let term = start;
    let pendingJump = 0;
    for (; !this.done && pattern[this.at] !== ")"; this.at++) {
      const character = pattern[this.at] as string;
      if (/[?*+]/.test(character)) {
        if (code.length === term) throw tooComplex();
        this.repeat(character, term);
        term = code.length;
      } else if (character === "|") {
        // The jump leads to the next one: both move when room is made for Split.
        if (pendingJump > 0) this.point(pendingJump, code.length);
        code.splice(start, 0, 0, 0);
        code.push(JUMP, 0);
        pendingJump = code.length - 2;
        code[start] = SPLIT;
        this.point(start, code.length);
        term = code.length;
      } else {
        const anchor = character === "^" || character === "$";
        if (!anchor) term = code.length;
        this.item(character);
        if (anchor) term = code.length;
      }
    }
    if (pendingJump > 0) this.point(pendingJump, code.length);
  }

  private item(character: string): void {
    const { code } = this;
    if (character === "^") code.push(LINE_START);
    else if (character === "$") code.push(LINE_END);
    else if (character === ".") code.push(ANY);
    else if (character === "[") this.characterClass();
    else if (character === "(") this.group();
    else if (character === "\\") this.escape();
    else code.push(CHAR, character.charCodeAt(0));
  }

  private escape(): void {
    const character = this.pattern[++this.at];
    if (character === undefined) throw tooComplex();
    const named = /[dDsSwW]/.test(character);
    this.code.push(named ? NAMED_CLASS : CHAR, character.charCodeAt(0));
  }

  private characterClass(): void {
    const { code, pattern } = this;
    this.at++;
    const negated = pattern[this.at] === "^";
    if (negated) this.at++;
    code.push(negated ? CLASS_NOT : CLASS, 0);
    const counted = code.length - 1;
    let count = 0;
    for (; pattern[this.at] !== "]"; this.at++, count++) {
      let first = pattern[this.at];
      if (first === "\\") {
        first = pattern[++this.at];
        if (first !== undefined && /[dDsSwW]/.test(first)) {
          code.push(NAMED, first.charCodeAt(0));
          continue;
        }
      }
      if (first === undefined) throw tooComplex();
      const range = pattern[this.at + 1] === "-" && pattern[this.at + 2] !== "]";
      if (range) this.at += 2;
      code.push(
        first.charCodeAt(0),
        range ? this.pattern.charCodeAt(this.at) : first.charCodeAt(0),
      );
    }
    if (count > 127) throw tooComplex();
    code[counted] = count;
  }

  private group(): void {
    const { code, pattern } = this;
    const captures = !pattern.startsWith("?:", this.at + 1);
    const group = captures ? ++this.groups : 0;
    if (2 * group + 1 > 127) throw tooComplex();
    if (captures) code.push(SAVE, 2 * group);
    else this.at += 2;
    this.at++;
    this.alternatives();
    if (pattern[this.at] !== ")") throw tooComplex();
    if (captures) code.push(SAVE, 2 * group + 1);
  }

  private repeat(character: string, term: number): void {
    const { code } = this;
    const lazy = this.pattern[this.at + 1] === "?";
    if (lazy) this.at++;
    if (character === "+") {
      code.push(lazy ? SPLIT : SPLIT_JUMP, 0);
      this.point(code.length - 2, term);
      return;
    }
    code.splice(term, 0, lazy ? SPLIT_JUMP : SPLIT, 0);
    if (character === "*") {
      code.push(JUMP, 0);
      this.point(code.length - 2, term);
    }
    this.point(term, code.length);
  }

  /** Makes the jump at `at` lead to `target`. */
  private point(at: number, target: number): void {
    const offset = target - at - 2;
    if (offset < -128 || offset > 127) throw tooComplex();
    this.code[at + 1] = offset;
  }
}
