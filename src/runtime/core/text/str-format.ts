/** `str.format`: replacement fields in braces, nested once more inside their format specs. */

import type { Dict } from "../container/dict.js";
import { isDetailed } from "../exception/error-detail.js";
import { IndexError, KeyError, NotImplementedError, ValueError } from "../exception/exceptions.js";
import { printed } from "../repr.js";
import type { Value } from "../values.js";
import { format } from "./format.js";

export function strFormat(template: string, values: Value[], named: Dict): string {
  return new Formatter(values, named).format(template);
}

class Formatter {
  /** The next automatic field, or -1 after a numbered one. */
  private next = 0;

  constructor(
    private readonly values: Value[],
    private readonly named: Dict,
  ) {}

  format(template: string): string {
    let result = "";
    for (let at = 0; at < template.length; ) {
      const char = template[at] as string;
      if (char === "{" || char === "}") {
        if (template[at + 1] === char) {
          result += char;
          at += 2;
          continue;
        }
        if (char === "}") throw new ValueError("single '}' encountered in format string");
        const [text, end] = this.field(template, at + 1);
        result += text;
        at = end;
      } else {
        result += char;
        at++;
      }
    }
    return result;
  }

  /** The text of the field that begins at `start`, and where the template goes on. */
  private field(template: string, start: number): [string, number] {
    let at = start;
    while (at < template.length && !/[}!:]/.test(template[at] as string)) at++;
    const name = template.slice(start, at);
    let conversion = "";
    if (template[at] === "!") {
      conversion = this.conversion(template[at + 1]);
      at += 2;
    }
    let spec: string | null = null;
    if (template[at] === ":") {
      const end = template[at + 1] === "}" ? at + 1 : specEnd(template, at + 1);
      if (end > at + 1) spec = template.slice(at + 1, end);
      at = end;
    }
    if (at >= template.length) throw new ValueError("unmatched '{' in format");
    if (template[at] !== "}") throw new ValueError("expected ':' after format specifier");
    let value = this.lookup(name);
    if (spec === null && conversion === "") conversion = "s";
    if (conversion !== "") value = printed(value, conversion === "r" ? "repr" : "str");
    return [spec === null ? value : format(value, this.format(spec)), at + 1];
  }

  private conversion(char: string | undefined): string {
    if (char === "r" || char === "s") return char;
    if (char === undefined) {
      throw new ValueError("end of format while looking for conversion specifier");
    }
    throw new ValueError(
      isDetailed() ? `unknown conversion specifier ${char}` : "bad conversion specifier",
    );
  }

  private lookup(name: string): Value {
    if (name === "") {
      if (this.next < 0) {
        throw new ValueError(
          "can't switch from manual field specification to automatic field numbering",
        );
      }
      return this.positional(this.next++);
    }
    const digits = /^\d+/.exec(name)?.[0];
    if (digits === undefined) return this.keyword(name);
    if (this.next > 0) {
      throw new ValueError(
        "can't switch from automatic field numbering to manual field specification",
      );
    }
    const value = this.positional(Number(digits));
    this.next = -1;
    if (digits !== name) throw new NotImplementedError("attributes not supported");
    return value;
  }

  private keyword(name: string): Value {
    const key = (/^[^.[]*/.exec(name) as RegExpExecArray)[0];
    const value = this.named.get(key);
    if (value === undefined) throw new KeyError(key);
    if (key !== name) throw new NotImplementedError("attributes not supported");
    return value;
  }

  private positional(at: number): Value {
    if (at >= this.values.length) throw new IndexError("tuple index out of range");
    return this.values[at];
  }
}

/** The brace that closes the field whose spec begins at `start`. */
function specEnd(template: string, start: number): number {
  let depth = 1;
  for (let at = start; at < template.length; at++) {
    if (template[at] === "{") depth++;
    else if (template[at] === "}" && --depth === 0) return at;
  }
  return template.length;
}
