/** Runs the programs of program.ts: backtracking with a stack of its own, so that depth is no limit. */

import {
  ANY,
  CHAR,
  CLASS,
  CLASS_NOT,
  JUMP,
  LINE_END,
  LINE_START,
  MATCH,
  NAMED,
  NAMED_CLASS,
  type Program,
  SAVE,
  SPLIT,
  SPLIT_JUMP,
} from "./program.js";

/** The part of a text that is searched; `^` matches at `lineStart` only. */
export interface Subject {
  text: string;
  begin: number;
  end: number;
  lineStart: number;
}

/** Start and end of the match and of each group, -1 where a group has none; null: no match. */
export type Captures = number[];

/** How often a match may go round without taking a character before it must be endless. */
const IDLE_LIMIT = 100_000;

export function search(program: Program, subject: Subject, anchored: boolean): Captures | null {
  for (let start = subject.begin; start <= subject.end; start++) {
    const captures = matchAt(program, subject, start);
    if (captures !== null || anchored) return captures;
  }
  return null;
}

function matchAt({ code, groups }: Program, subject: Subject, start: number): Captures | null {
  const { text, end, lineStart } = subject;
  const captures: Captures = new Array(2 * groups + 2).fill(-1);
  // Two numbers for each choice left: program counter and position, or ~capture and its old value.
  const stack: number[] = [];
  let pc = 0;
  let at = start;
  let idle = 0;
  for (;;) {
    let failed = false;
    const op = code[pc] as number;
    const argument = code[pc + 1] as number;
    switch (op) {
      case CHAR:
      case ANY:
        failed = at >= end || (op === CHAR && text.charCodeAt(at) !== argument);
        pc += op === CHAR ? 2 : 1;
        at++;
        if (!failed) idle = 0;
        break;
      case CLASS:
      case CLASS_NOT:
        failed =
          at >= end || inClass(code, pc + 2, argument, text.charCodeAt(at)) !== (op === CLASS);
        pc += 2 + 2 * argument;
        at++;
        if (!failed) idle = 0;
        break;
      case NAMED_CLASS:
        failed = at >= end || !inNamedClass(argument, text.charCodeAt(at));
        pc += 2;
        at++;
        if (!failed) idle = 0;
        break;
      case MATCH:
        return captures;
      case JUMP:
        pc += 2 + argument;
        break;
      case SPLIT:
        stack.push(pc + 2 + argument, at);
        pc += 2;
        break;
      case SPLIT_JUMP:
        stack.push(pc + 2, at);
        pc += 2 + argument;
        break;
      case SAVE:
        stack.push(~argument, captures[argument] as number);
        captures[argument] = at;
        pc += 2;
        break;
      case LINE_START:
        failed = at !== lineStart;
        pc++;
        break;
      case LINE_END:
        failed = at !== end;
        pc++;
        break;
    }
    if (++idle > IDLE_LIMIT) throw new RangeError("Maximum call stack size exceeded");
    while (failed) {
      if (stack.length === 0) return null;
      const value = stack.pop() as number;
      const next = stack.pop() as number;
      if (next < 0) {
        captures[~next] = value;
      } else {
        pc = next;
        at = value;
        failed = false;
      }
    }
  }
}

function inClass(code: readonly number[], start: number, count: number, unit: number): boolean {
  for (let pair = start; pair < start + 2 * count; pair += 2) {
    const first = code[pair] as number;
    const last = code[pair + 1] as number;
    if (first === NAMED ? inNamedClass(last, unit) : unit >= first && unit <= last) return true;
  }
  return false;
}

/** `name` is the letter of \d \s \w; capitals mean the opposite. */
function inNamedClass(name: number, unit: number): boolean {
  const letter = name | 32;
  const digit = unit >= 48 && unit <= 57;
  let found = digit;
  if (letter === 115) found = unit === 32 || (unit >= 9 && unit <= 13);
  else if (letter === 119) {
    const lower = unit | 32;
    found = digit || unit === 95 || (unit < 128 && lower >= 97 && lower <= 122);
  }
  return found === ((name & 32) !== 0);
}
