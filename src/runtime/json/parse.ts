/**
 * `json.loads`, as lenient as MicroPython: commas and colons are white space, either bracket closes
 * whatever is open, keys may be any primitive.
 */

import { Dict } from "../core/container/dict.js";
import { ValueError } from "../core/exception/exceptions.js";
import { parseFloatText, parseInteger } from "../core/number/parse-number.js";
import { text } from "../core/text/strings.js";
import { toFloat, type Value } from "../core/values.js";

const LITERALS: Record<string, Value> = { null: null, true: true, false: false };
const ESCAPES: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

export function parseJson(source: string): Value {
  return new Parser(source).parse();
}

function syntaxError(): ValueError {
  return new ValueError("syntax error in JSON");
}

class Parser {
  private at = 0;
  private readonly open: Value[] = [];
  /** A key that waits for its value. */
  private key: Value = undefined;

  constructor(private readonly source: string) {}

  parse(): Value {
    for (;;) {
      const character = this.source[this.at];
      if (character === undefined || character === "\0") throw syntaxError();
      if (/[,: \t\n\r]/.test(character)) {
        this.at++;
      } else if (character === "]" || character === "}") {
        this.at++;
        const closed = this.open.pop();
        if (closed === undefined) throw syntaxError();
        if (this.open.length === 0) return this.finish(closed);
      } else {
        const value = this.value(character);
        const container = Array.isArray(value) || value instanceof Dict;
        if (this.open.length === 0 && !container) return this.finish(value);
        this.store(value, container);
        if (container) this.open.push(value);
      }
    }
  }

  private finish(value: Value): Value {
    const rest = this.source.slice(this.at).replace(/^[ \t\n\v\f\r]+/, "");
    if (rest !== "" && rest[0] !== "\0") throw syntaxError();
    return value;
  }

  private store(value: Value, container: boolean): void {
    const parent = this.open[this.open.length - 1];
    if (parent === undefined) return;
    if (Array.isArray(parent)) {
      parent.push(value);
    } else if (this.key === undefined) {
      if (container) throw syntaxError();
      this.key = value;
    } else {
      parent.set(this.key, value);
      this.key = undefined;
    }
  }

  private value(character: string): Value {
    if (character === '"') return this.string();
    if (character === "[" || character === "{") {
      this.at++;
      return character === "[" ? [] : new Dict();
    }
    const rest = this.source.slice(this.at, this.at + 5);
    const literal = /^(?:null|true|false)/.exec(rest)?.[0];
    if (literal !== undefined) {
      this.at += literal.length;
      return LITERALS[literal];
    }
    return this.number();
  }

  private number(): Value {
    const number = /[-\d][-+.eE\d]*/y;
    number.lastIndex = this.at;
    const found = number.exec(this.source)?.[0];
    if (found === undefined) throw syntaxError();
    this.at += found.length;
    return /[.eE]/.test(found) ? toFloat(parseFloatText(found)) : parseInteger(found, 10);
  }

  private string(): string {
    const { source } = this;
    let result = "";
    this.at++;
    for (;;) {
      const plain = /[^"\\\0]*/y;
      plain.lastIndex = this.at;
      result += (plain.exec(source) as RegExpExecArray)[0];
      this.at = plain.lastIndex;
      const character = source[this.at++];
      if (character === '"') return text(result);
      if (character !== "\\") throw syntaxError();
      result += this.escape();
    }
  }

  private escape(): string {
    const character = this.source[this.at++];
    if (character === undefined) throw syntaxError();
    if (character !== "u") return ESCAPES[character] ?? character;
    const digits = this.source.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw syntaxError();
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}
