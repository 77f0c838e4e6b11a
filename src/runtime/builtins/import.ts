/**
 * The builtin `__import__`. Emitted code passes the module that it stands in first, which relative
 * imports need: `importByName($module, "led", null, null, true, 1)`. What an import statement does is
 * in core/module/imports.ts.
 */

import { type Blocking, blocking, callWait, type Waiting } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { Dict } from "../core/container/dict.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { absoluteName, importing, importTop } from "../core/module/imports.js";
import { replacedBuiltins } from "../core/module/replaced-builtins.js";
import { mainScope, type Place, scopeOf } from "../core/module/scope.js";
import { index } from "../core/number/numbers.js";
import { asText } from "../core/text/strings.js";
import type { Value } from "../core/values.js";

type Arguments = [name: Value, globals?: Value, locals?: Value, fromlist?: Value, level?: Value];

/** `__import__(name, globals, locals, fromlist, level)`: without a fromlist the topmost package. */
export const importByName: Blocking<[place: Place, ...Arguments], Value> = blocking(function* (
  place: Place,
  ...[name, globals, , fromlist = null, level = 0]: Arguments
): Waiting {
  const written = asText(name);
  const dots = Number(index(level));
  if (dots < 0) throw new ValueError();
  const wanted = dots === 0 ? written : absoluteName(globalsOf(place, globals), dots, written);
  if (wanted === "") throw new ValueError();
  const module = yield* importing.wait(wanted);
  return fromlist === null ? importTop(module, wanted) : module;
});

function globalsOf(place: Place, given: Value): Dict {
  if (given === undefined || given === null) return scopeOf(place).globals;
  if (given instanceof Dict) return given;
  throw new TypeError();
}

/** `import name` and `from name import ...` where a program may have replaced `__import__`. */
export const importStatement: Blocking<
  [place: Place, name: string, fromlist?: Value, level?: number],
  Value
> = blocking(function* (place: Place, name: string, fromlist: Value = null, level = 0): Waiting {
  const replaced = replacedBuiltins().get("__import__");
  if (replaced === undefined)
    return yield* importByName.wait(place, name, null, null, fromlist, level);
  return yield* callWait(replaced, name, scopeOf(place).globals, null, fromlist, level);
});

/** The builtin as a value: imports from where `place` says. */
export function importFunction(place: () => Place): Value {
  const bound = blocking((...args: Arguments) => importByName.wait(place(), ...args));
  return def(bound, "name, globals=, locals=, fromlist=, level=, /", "__import__");
}

export const __import__ = importFunction(mainScope);
