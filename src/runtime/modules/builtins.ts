/** The module `builtins`: every name that a program sees without import. */

import { importing, importTop } from "../core/imports.js";
import { def } from "../core/signature.js";
import { asText } from "../core/strings.js";
import type { Value } from "../core/values.js";
export {
  callable,
  delattr,
  dir,
  getattr,
  hasattr,
  hash,
  id,
  setattr,
} from "../builtins/attributes.js";
export { input } from "../builtins/input.js";
export {
  __repl_print__,
  compile,
  eval,
  exec,
  execfile,
} from "../builtins/evaluate.js";
export { abs, bool, complex, divmod, float, int, pow, round, sum } from "../builtins/numbers.js";
export {
  bin,
  bytearray,
  bytes,
  chr,
  hex,
  memoryview,
  oct,
  ord,
  repr,
  str,
} from "../builtins/strings.js";
export { open } from "../builtins/open.js";
export {
  all,
  any,
  enumerate,
  filter,
  iter,
  len,
  map,
  next,
  reversed,
  sorted,
  zip,
} from "../builtins/iteration.js";
export {
  classmethod,
  dict,
  frozenset,
  isinstance,
  issubclass,
  list,
  property,
  PyObject as object,
  range,
  set,
  slice,
  staticmethod,
  superOf as super,
  tuple,
  type,
} from "../builtins/types.js";
export { Ellipsis, NotImplemented } from "../core/singletons.js";
export {
  ArithmeticError,
  AssertionError,
  AttributeError,
  BaseException,
  EOFError,
  Exception,
  GeneratorExit,
  ImportError,
  IndentationError,
  IndexError,
  KeyError,
  KeyboardInterrupt,
  LookupError,
  MemoryError,
  NameError,
  NotImplementedError,
  OSError,
  OverflowError,
  RuntimeError,
  StopAsyncIteration,
  StopIteration,
  SyntaxError,
  SystemExit,
  TypeError,
  UnicodeError,
  ValueError,
  ViperTypeError,
  ZeroDivisionError,
} from "../core/exceptions.js";

/** `__import__(name, globals, locals, fromlist, level)` */
export const __import__ = def(
  (name: Value, _globals?: Value, _locals?: Value, fromlist: Value = null) => {
    const module = importing(asText(name));
    return fromlist === null || fromlist.length === 0 ? importTop(module, name) : module;
  },
  "name, globals=, locals=, fromlist=, level=, /",
  "__import__",
);

export { max, min, print } from "../builtins/calls-with-keywords.js";
