/**
 * `exec`, `eval`, `compile` and `execfile`. Emitted code passes the module (or class) that it stands
 * in first: `execute($module, "x = 1")`; as values they are bound to the module that asked.
 */

import { type Blocking, blocking, type Waiting } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { classNamespace } from "../core/class/class-namespace.js";
import { type Type, typeOf } from "../core/class/type.js";
import { Dict } from "../core/container/dict.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { requireBuffer } from "../core/memory/buffer.js";
import { Code, type CodeMode, compileText } from "../core/module/code.js";
import { requireBuiltin } from "../core/module/port-names.js";
import { replacedBuiltins } from "../core/module/replaced-builtins.js";
import { mainScope, type Place, type Scope, scopeOf } from "../core/module/scope.js";
import { repr } from "../core/repr.js";
import { asText } from "../core/text/strings.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { readFile } from "../vfs/source-file.js";
import { importFunction } from "./import.js";
import { print } from "./print.js";
import { dict as dictType } from "./types.js";

type Source = (source: Value) => Code;

/** The scope of a class body, whose names are attributes of the class. */
export function within(place: Place, cls: Type): Scope {
  return { globals: scopeOf(place).globals, locals: classNamespace(cls) };
}

export const execute = inPlace((source) => codeOf(source, "exec"));
export const evaluate = inPlace((source) => codeOf(source, "eval"));
export const executeFile = inPlace((path) => {
  requireBuiltin("execfile");
  const name = asText(path);
  return compileText(decodeUtf8(readFile(name)), "exec", name);
});

/** `locals()` in a function or class body. */
export function locals(place: Place): Dict {
  return scopeOf(place).locals;
}

function inPlace(
  code: Source,
): Blocking<[place: Place, source: Value, globals?: Value, locals?: Value], Value> {
  return blocking(function* (
    place: Place,
    source: Value,
    globals?: Value,
    locals?: Value,
  ): Waiting {
    const scope = chosen(scopeOf(place), globals, locals);
    return yield* code(source).run(scope);
  });
}

function chosen(scope: Scope, globals: Value, locals: Value): Scope {
  const own = dictArgument(globals);
  const inner = dictArgument(locals);
  const outer = own === null ? scope : { globals: own, locals: own };
  return inner === null ? outer : { globals: outer.globals, locals: inner };
}

function dictArgument(value: Value): Dict | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Dict && typeOf(value) === dictType) return value;
  throw new TypeError();
}

function codeOf(source: Value, mode: CodeMode): Code {
  if (source instanceof Code) return source;
  const text = typeof source === "string" ? source : decodeUtf8(requireBuffer(source).bytes);
  return compileText(text, mode, "<string>");
}

const MODES: ReadonlySet<string> = new Set<CodeMode>(["exec", "eval", "single"]);

export const compile = def(function compile(source: Value, file: Value, mode: Value): Code {
  requireBuiltin("compile");
  const text = asSource(source);
  const name = asSource(file);
  const wanted = asSource(mode);
  if (!MODES.has(wanted)) throw new ValueError("bad compile mode");
  return compileText(text, wanted as CodeMode, name);
}, "source, filename, mode, flags=, dont_inherit=, optimize=, /");

function asSource(value: Value): string {
  return value instanceof Uint8Array ? decodeUtf8(value) : asText(value);
}

/** Prints what stands alone in code of mode "single". */
export const __repl_print__ = def(function __repl_print__(value: Value): null {
  if (value === null) return null;
  print(repr(value));
  replacedBuiltins().set("_", value);
  return null;
}, "value, /");

const TAKES_SOURCE = "source, globals=, locals=, /";

/** The builtins that mean another thing in each module, for when they are used as values. */
export const scoped: Readonly<Record<string, (scope: () => Scope) => Value>> = {
  exec: (scope) => asValue(execute, scope, "exec"),
  eval: (scope) => asValue(evaluate, scope, "eval"),
  execfile: (scope) => asValue(executeFile, scope, "execfile"),
  __import__: importFunction,
  globals: (scope) => def(() => scope().globals, "/", "globals"),
  locals: (scope) => def(() => scope().locals, "/", "locals"),
};

function asValue(run: typeof execute, scope: () => Scope, name: string): Value {
  const bound = blocking((...args: [Value, Value?, Value?]) => run.wait(scope(), ...args));
  return def(bound, TAKES_SOURCE, name);
}

export const exec = asValue(execute, mainScope, "exec");
const evalMain = asValue(evaluate, mainScope, "eval");
const globalsOfMain = def(() => mainScope().globals, "/", "globals");
const localsOfMain = def(() => mainScope().locals, "/", "locals");

export { evalMain as eval, globalsOfMain, localsOfMain };
export const execfile = asValue(executeFile, mainScope, "execfile");
