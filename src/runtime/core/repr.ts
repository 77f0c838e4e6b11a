/**
 * How values are printed: `repr(x)`, `str(x)` and `print(x)`. Runtime classes print themselves by
 * their `[PRINT]`, instances of a program by `__str__` and `__repr__`.
 */

import { invoke } from "./call/call.js";
import { reprFunction } from "./call/function-repr.js";
import { NAME } from "./call/signature.js";
import { generatorName } from "./class/definitions.js";
import { identity } from "./class/identity.js";
import { infoOf, isGenerator, typeName } from "./class/type.js";
import { reprFloat } from "./number/float-repr.js";
import { NATIVE, PRINT, type PrintKind } from "./slots.js";
import { characterOf } from "./text/beyond-unicode.js";
import { Float, INSTANCE, isTuple, NAMED, type Value } from "./values.js";

/** `repr(x)`. */
export function repr(value: Value): string {
  return printed(value, "repr");
}

/** `str(x)` with one argument. */
export function str(value: Value): string {
  return printed(value, "str");
}

export function printed(value: Value, kind: PrintKind): string {
  switch (typeof value) {
    case "string":
      return kind === "str" ? value : quote(value);
    case "number":
      return Number.isInteger(value) ? String(value) : reprFloat(value);
    case "boolean":
      return value ? "True" : "False";
    case "bigint":
      return value.toString();
    case "object":
      return value === null ? "None" : printObject(value, kind);
    case "function":
      return reprFunction(value);
    default:
      return "<unbound>";
  }
}

function printObject(value: Value, kind: PrintKind): string {
  if (Array.isArray(value)) return isTuple(value) ? reprTuple(value) : `[${reprItems(value)}]`;
  if (value instanceof Float) return reprFloat(value.value);
  if (value[INSTANCE] === true) {
    const own = userPrint(value, kind);
    if (own !== undefined) return own;
  }
  if (value[PRINT] !== undefined) return value[PRINT](kind);
  if (NATIVE in value) return printed(value[NATIVE], kind);
  if (isGenerator(value)) {
    const name = (value as Value)[NAME] ?? generatorName(value) ?? "<generator>";
    return `<generator object '${name}' at ${address(value)}>`;
  }
  if (value[INSTANCE] === true && infoOf(value.constructor)?.builtin !== true) {
    return `<${typeName(value)} object at ${address(value)}>`;
  }
  return `<${typeName(value)}>`;
}

/** By the special methods of the class; `str` falls back to `__repr__`, but not the reverse. */
function userPrint(value: Value, kind: PrintKind): string | undefined {
  const prototype = Object.getPrototypeOf(value);
  const wanted = kind === "str" ? "__str__" : "__repr__";
  if (typeof prototype[wanted] === "function") return printed(invoke(value, wanted), "str");
  if (kind !== "str" || value[PRINT] !== undefined || NATIVE in value) return undefined;
  if (typeof prototype.__repr__ !== "function") return undefined;
  return printed(invoke(value, "__repr__"), "str");
}

function address(value: Value): string {
  return identity(value).toString(16);
}

function reprItems(items: readonly Value[]): string {
  let result = "";
  for (let at = 0; at < items.length; at++) {
    result += at === 0 ? printed(items[at], "repr") : `, ${printed(items[at], "repr")}`;
  }
  return result;
}

function reprTuple(items: Value): string {
  const fields: readonly string[] | undefined = items[NAMED]?.fields;
  if (fields !== undefined) {
    const named = fields.map((name, at) => `${name}=${printed(items[at], "repr")}`);
    const name = items[NAMED].nameless === true ? "" : infoOf(items[NAMED])?.name;
    return `${name}(${named.join(", ")})`;
  }
  return items.length === 1 ? `(${reprItems(items)},)` : `(${reprItems(items)})`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NEEDS_ESCAPE = /[\x00-\x1f\x7f'\\\ud800-\udfff]/;
const ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** A string in quotes: double ones if there are single quotes, and no double ones, inside. */
export function quote(value: string): string {
  if (!NEEDS_ESCAPE.test(value)) return `'${value}'`;
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  let result = mark;
  for (const char of value) {
    const code = characterOf(char.codePointAt(0) as number);
    if (char === mark) result += `\\${char}`;
    else if (ESCAPES[char] !== undefined) result += ESCAPES[char];
    else if (code < 32 || code === 127) result += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code >= 0xd800 && code < 0xe000) result += `\\u${code.toString(16)}`;
    else if (code > 0x10ffff) result += `\\U${code.toString(16).padStart(8, "0")}`;
    else result += char;
  }
  return result + mark;
}
