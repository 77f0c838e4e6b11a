/** The module `builtins`: every name that a program sees without import. */

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
export { __import__ } from "../builtins/import.js";
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

export { max, min, print } from "../builtins/calls-with-keywords.js";
