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
export {
  __repl_print__,
  compile,
  eval,
  exec,
  execfile,
  globalsOfMain as globals,
  localsOfMain as locals,
} from "../builtins/evaluate.js";
export { max, min } from "../builtins/extremes.js";
export { help } from "../builtins/help.js";
export { __import__ } from "../builtins/import.js";
export { input } from "../builtins/input.js";
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
export { abs, bool, complex, divmod, float, int, pow, round, sum } from "../builtins/numbers.js";
export { open } from "../builtins/open.js";
export { print } from "../builtins/print.js";
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
export {
  classmethod,
  dict,
  frozenset,
  isinstance,
  issubclass,
  list,
  PyObject as object,
  property,
  range,
  set,
  slice,
  staticmethod,
  superOf as super,
  tuple,
  type,
} from "../builtins/types.js";
export { __build_class__ } from "../core/class/build-class.js";
export { Ellipsis, NotImplemented } from "../core/class/singletons.js";
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
  KeyboardInterrupt,
  KeyError,
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
} from "../core/exception/exceptions.js";
