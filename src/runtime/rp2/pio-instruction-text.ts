/**
 * Reads one instruction of the assembler from a text, such as `mov(x, invert(y)).side(1)[3]`: for
 * `StateMachine.exec` and `asm_pio_encode`. Calls, names, numbers, `|`, methods and subscripts.
 */

import { call } from "../core/call/call.js";
import { getattr } from "../core/class/attributes.js";
import { NameError, SyntaxError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { getitem } from "../core/operator/items.js";
import type { Value } from "../core/values.js";

const TOKEN = /\s*(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|\d+|[A-Za-z_]\w*|"[^"]*"|'[^']*'|\S)/gy;

/** Evaluates the text with these names. */
export function performInstruction(
  text: string,
  names: { get(name: string): Value | undefined },
): Value {
  const tokens = [...text.trim().matchAll(TOKEN)].map(([, token]) => token as string);
  let at = 0;

  function take(expected?: string): string {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new SyntaxError("invalid syntax");
    }
    return token;
  }

  function union(): Value {
    let value = postfix();
    while (tokens[at] === "|") {
      at += 1;
      value = index(value) | index(postfix());
    }
    return value;
  }

  function postfix(): Value {
    let value = primary();
    for (;;) {
      const next = tokens[at];
      if (next === "(") {
        at += 1;
        value = call(value, ...items(")"));
      } else if (next === "[") {
        at += 1;
        value = getitem(value, union());
        take("]");
      } else if (next === ".") {
        at += 1;
        value = getattr(value, take());
      } else {
        return value;
      }
    }
  }

  function items(end: string): Value[] {
    const values: Value[] = [];
    while (tokens[at] !== end) {
      values.push(union());
      if (tokens[at] !== end) take(",");
    }
    at += 1;
    return values;
  }

  function primary(): Value {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (/^["']/.test(token)) return token.slice(1, -1);
    if (token === "(") {
      const value = union();
      take(")");
      return value;
    }
    if (!/^\w/.test(token)) throw new SyntaxError("invalid syntax");
    const value = names.get(token);
    if (value === undefined) throw new NameError(`name '${token}' isn't defined`);
    return value;
  }

  const value = union();
  if (at < tokens.length) throw new SyntaxError("invalid syntax");
  return value;
}
