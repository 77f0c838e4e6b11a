/** One replacement field: `format(value, spec)` of f-strings and of `str.format`. */

import { typeName } from "../class/type.js";
import { ValueError } from "../exception/exceptions.js";
import { asInt, asNumber, index } from "../number/numbers.js";
import { printed } from "../repr.js";
import { isFloat, isInt, type Value } from "../values.js";
import { formatInt, formatNumber, type NumberFormat, padNumber } from "./number-format.js";
import { type Align, truncateBytes } from "./padding.js";
import { characterOf } from "./percent-format.js";
import { anyText } from "./strings.js";

interface Spec extends NumberFormat {
  precision: number;
  type: string;
}

const SPEC =
  /^(?:([\0-\x7f])?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:(\.)(\d*))?([bcdeEfFgGnosxX%])?$/;

/** The text of a value in the format of a spec such as `>8.3f`; an empty spec is `str(value)`. */
export function format(value: Value, spec: string): string {
  if (spec === "") return printed(value, "str");
  const integer = isInt(value) || typeof value === "boolean";
  const numeric = integer || isFloat(value);
  const parsed = parseSpec(spec, numeric);
  if (parsed.sign !== "" && parsed.type === "s") {
    throw new ValueError("sign not allowed in string format specifier");
  }
  if (parsed.sign !== "" && parsed.type === "c") {
    throw new ValueError("sign not allowed with integer format specifier 'c'");
  }
  if (integer) {
    const result = integerField(value, parsed);
    if (result !== null) return result;
  }
  return numeric ? numberField(value, parsed) : textField(value, parsed);
}

function parseSpec(spec: string, numeric: boolean): Spec {
  const found = matchSpec(spec);
  if (found === null) throw new ValueError("invalid format specifier");
  const [, fill, align, sign, prefixed, zero, width, separator, , precision, type] = found;
  const side = align ?? (zero !== undefined && numeric ? "=" : numeric ? ">" : "<");
  return {
    align: side as Align,
    afterSign: side === "=",
    fill: fill ?? (zero === undefined ? " " : "0"),
    sign: sign === undefined || sign === "-" ? "" : sign,
    prefixed: prefixed !== undefined,
    width: width === undefined ? (zero === undefined ? -1 : 0) : Number(width),
    separator: separator ?? "",
    precision: precision === undefined || precision === "" ? -1 : Number(precision),
    type: type ?? "",
  };
}

/** An alignment character at the start is the alignment even where it could be a fill. */
function matchSpec(spec: string): RegExpExecArray | null {
  if (!/^[<>=^]/.test(spec)) return SPEC.exec(spec);
  const found = SPEC.exec(`\0${spec}`);
  if (found !== null) found[1] = undefined as unknown as string;
  return found;
}

/** An int in an integer format; null for the formats that turn it into a float. */
function integerField(value: Value, spec: Spec): string | null {
  switch (spec.type) {
    case "b":
      return formatInt(asInt(value), 2, false, spec);
    case "c":
      return padNumber(characterOf(index(value)), spec.width, spec);
    case "":
    case "n":
    case "d":
      return formatInt(asInt(value), 10, false, spec);
    case "o":
      return formatInt(asInt(value), 8, false, spec);
    case "x":
    case "X":
      return formatInt(asInt(value), 16, spec.type === "X", spec);
    case "s":
      throw unknownCode(spec, value);
    default:
      return null;
  }
}

function numberField(value: Value, spec: Spec): string {
  switch (spec.type) {
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return formatNumber(asNumber(value), spec.type, spec.precision, spec);
    case "":
    case "n":
      return formatNumber(asNumber(value), "g", spec.precision, spec);
    case "%":
      return formatNumber(asNumber(value) * 100, "f", spec.precision, spec, "%");
    default:
      throw unknownCode(spec, value);
  }
}

function textField(value: Value, spec: Spec): string {
  if (spec.align === "=") {
    throw new ValueError("'=' alignment not allowed in string format specifier");
  }
  if (spec.type !== "" && spec.type !== "s") throw unknownCode(spec, value);
  const text = anyText(value);
  const cut = spec.precision < 0 ? text : truncateBytes(text, spec.precision);
  return padNumber(cut, spec.width, spec);
}

function unknownCode(spec: Spec, value: Value): ValueError {
  return new ValueError(
    `unknown format code '${spec.type}' for object of type '${typeName(value)}'`,
  );
}
