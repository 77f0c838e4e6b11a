/** `pattern % values`, for str and for bytes. */

import { Dict } from "../container/dict.js";
import { OverflowError, TypeError, ValueError } from "../exception/exceptions.js";
import { truncate } from "../number/float.js";
import type { Int } from "../number/int.js";
import { asInt, asNumber, index } from "../number/numbers.js";
import { printed } from "../repr.js";
import { GETITEM } from "../slots.js";
import { Float, isFloat, isInt, isTuple, type Value } from "../values.js";
import { Bytes, b, toLatin1 } from "./bytes.js";
import { formatInt, formatNumber, type NumberFormat } from "./number-format.js";
import { pad, truncateBytes } from "./padding.js";
import { text } from "./strings.js";
import { encodeUtf8 } from "./utf8.js";

export function percentFormat(pattern: string, values: Value): string {
  return new PercentFormatter(pattern, values, false).format();
}

/** Text in it is encoded, bytes are taken as they are. */
export function percentFormatBytes(pattern: Bytes, values: Value): Bytes {
  return b(new PercentFormatter(toLatin1(pattern), values, true).format());
}

class PercentFormatter {
  private at = 0;
  private used = 0;
  private readonly values: Value[];
  private readonly named: Dict | null;

  constructor(
    private readonly pattern: string,
    values: Value,
    private readonly bytes: boolean,
  ) {
    this.values = isTuple(values) ? values : [values];
    this.named = values instanceof Dict ? values : null;
  }

  format(): string {
    const { pattern } = this;
    let result = "";
    for (;;) {
      const next = pattern.indexOf("%", this.at);
      if (next < 0) break;
      result += pattern.slice(this.at, next);
      this.at = next + 1;
      if (pattern[this.at] === "%") {
        result += "%";
        this.at++;
      } else {
        result += this.field();
      }
    }
    if (this.named === null && this.used !== this.values.length) {
      throw new TypeError("format string didn't convert all arguments");
    }
    return result + pattern.slice(this.at);
  }

  private field(): string {
    const { pattern } = this;
    if (this.at >= pattern.length) throw new ValueError("incomplete format");
    const named = pattern[this.at] === "(" ? this.named_() : undefined;
    const format = this.flags();
    format.width = this.number() ?? 0;
    let precision = -1;
    if (pattern[this.at] === ".") {
      this.at++;
      if (this.at < pattern.length) precision = this.number() ?? 0;
    }
    if (this.at >= pattern.length) throw new ValueError("incomplete format");
    const value = named === undefined ? this.take() : named;
    return this.convert(pattern[this.at++] as string, value, format, precision);
  }

  /** `%(key)s` */
  private named_(): Value {
    if (this.named === null) throw new TypeError("format needs a dict");
    const end = this.pattern.indexOf(")", this.at);
    if (end < 0) throw new ValueError("incomplete format key");
    const key = this.pattern.slice(this.at + 1, end);
    this.used = 1;
    this.at = end + 1;
    return this.named[GETITEM](key);
  }

  private flags(): NumberFormat {
    const format: NumberFormat = {
      align: ">",
      afterSign: false,
      fill: " ",
      width: 0,
      sign: "",
      prefixed: false,
      separator: "",
    };
    for (; ; this.at++) {
      switch (this.pattern[this.at]) {
        case "-":
          format.align = "<";
          break;
        case "+":
          format.sign = "+";
          break;
        case " ":
          if (format.sign !== "+") format.sign = " ";
          break;
        case "#":
          format.prefixed = true;
          break;
        case "0":
          format.afterSign = true;
          format.fill = "0";
          break;
        default:
          return format;
      }
    }
  }

  /** A number in the pattern, or `*` for the next value. */
  private number(): number | null {
    if (this.pattern[this.at] === "*") {
      this.at++;
      return index(this.take());
    }
    const digits = /^\d*/.exec(this.pattern.slice(this.at)) as RegExpExecArray;
    this.at += digits[0].length;
    return digits[0] === "" ? null : Number(digits[0]);
  }

  private take(): Value {
    if (this.used >= this.values.length) {
      throw new TypeError("format string needs more arguments");
    }
    return this.values[this.used++];
  }

  private convert(type: string, value: Value, format: NumberFormat, precision: number): string {
    switch (type) {
      case "c":
        return pad(this.character(value), format.width, " ", format.align);
      case "d":
      case "i":
      case "u":
        return formatInt(wholeOf(value), 10, false, { ...format, prefixed: false }, precision);
      case "o":
        return formatInt(asInt(value), 8, false, format, precision);
      case "x":
      case "X":
        return formatInt(asInt(value), 16, type === "X", format, precision);
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G":
        return formatNumber(asNumber(value), type, precision, format);
      case "r":
      case "s": {
        const shown = this.show(type, value);
        if (this.bytes) return padBytes(shown, precision, format);
        const cut = precision < 0 ? shown : truncateBytes(shown, precision);
        return pad(cut, format.width, " ", format.align);
      }
      default: {
        const code = type.charCodeAt(0).toString(16);
        throw new ValueError(
          `unsupported format character '${type}' (0x${code}) at index ${this.at - 1}`,
        );
      }
    }
  }

  private character(value: Value): string {
    if (typeof value === "string") {
      if (value.length !== 1 || value > "\x7f") throw new TypeError("%c needs int or char");
      return value;
    }
    if (!isInt(value) && typeof value !== "boolean") throw new TypeError("integer needed");
    return characterOf(index(value));
  }

  private show(type: string, value: Value): string {
    if (!this.bytes) return printed(value, type === "r" ? "repr" : "str");
    if (type === "s" && value instanceof Bytes) return toLatin1(value);
    return toLatin1(encodeUtf8(printed(value, type === "r" ? "repr" : "str")));
  }
}

/** The same where each character stands for a byte. */
function padBytes(shown: string, precision: number, { width, align }: NumberFormat): string {
  const cut = precision < 0 ? shown : shown.slice(0, precision);
  return align === "<" ? cut.padEnd(width) : cut.padStart(width);
}

/** `%d` takes floats too. */
function wholeOf(value: Value): Int {
  if (!isFloat(value)) return asInt(value);
  return truncate(value instanceof Float ? value.value : value);
}

/** The character of a code point that `%c` or `{:c}` prints. */
export function characterOf(code: number): string {
  if (code < 0 || code >= 0x110000) throw new OverflowError("char not in range(0x110000)");
  return code > 0xffff ? text(String.fromCodePoint(code)) : String.fromCharCode(code);
}
