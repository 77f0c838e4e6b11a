/** The builtin `__import__`. What an import statement does is in core/imports.ts. */

import { importing, importTop } from "../core/imports.js";
import { def } from "../core/signature.js";
import { asText } from "../core/strings.js";
import type { Value } from "../core/values.js";

/** `__import__(name, globals, locals, fromlist, level)` */
export const __import__ = def(
  (name: Value, _globals?: Value, _locals?: Value, fromlist: Value = null) => {
    const module = importing(asText(name));
    return fromlist === null || fromlist.length === 0 ? importTop(module, name) : module;
  },
  "name, globals=, locals=, fromlist=, level=, /",
  "__import__",
);
