/**
 * JavaScript spellings of Python names. Python identifiers hold no `$`, so a suffix that starts
 * with one never clashes with another Python name. Called by `scopes.ts` and the lowering.
 */

/** Words that no ES module may bind, and globals that emitted code relies on. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum " +
    "eval export extends false finally for function if implements import in instanceof interface " +
    "let new null package private protected public return static super switch this throw true try " +
    "typeof var void while with yield undefined NaN Infinity globalThis " +
    "Object Array Number String Boolean Symbol BigInt Math Error Map Set Uint8Array Promise Proxy " +
    "Reflect RangeError SyntaxError ReferenceError"
  ).split(" "),
);

/** Properties that have a meaning of their own on every JS object. */
const RESERVED_PROPERTIES: ReadonlySet<string> = new Set(["constructor", "__proto__"]);

/** The type that much of the emitted code names: a variable beside it confuses the reader. */
const ANY = "any";

export function isReserved(name: string): boolean {
  return RESERVED.has(name) || name === ANY;
}

/** The variable name for a Python name; `name` itself where JavaScript allows it. */
export function variableName(name: string): string {
  if (isReserved(name)) {
    return `${name}$`;
  }
  // MicroPython takes any non-ASCII character in an identifier, JavaScript only letters.
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ||
    /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)
    ? name
    : name.replace(/[^\p{ID_Continue}]/gu, (c) => `$x${(c.codePointAt(0) ?? 0).toString(16)}`);
}

/** The property name for a Python attribute. */
export function propertyName(name: string): string {
  return RESERVED_PROPERTIES.has(name) ? `${name}$` : name;
}

/** Properties that every JS function has: no class can have statics of these names. */
const FUNCTION_PROPERTIES: ReadonlySet<string> = new Set(
  "apply arguments bind call caller length name prototype".split(" "),
);

export function isFunctionProperty(name: string): boolean {
  return FUNCTION_PROPERTIES.has(name);
}
