/**
 * What emitted code imports as "mpy2ts/runtime": operators, calls, attributes, classes, exceptions
 * and every builtin of Python. The compiler's view of these names is `keyof typeof` this module.
 */

export { callable, dir, hash, id } from "./builtins/attributes.js";
export {
  compile,
  evaluate,
  execute,
  executeFile,
  locals,
  within,
} from "./builtins/evaluate.js";
export * from "./builtins/extremes.js";
export { help } from "./builtins/help.js";
export { __import__, importByName, importStatement } from "./builtins/import.js";
export { input } from "./builtins/input.js";
export * from "./builtins/iteration.js";
export * from "./builtins/numbers.js";
export { open } from "./builtins/open.js";
export * from "./builtins/print.js";
export * from "./builtins/strings.js";
export {
  bytearray,
  bytes,
  dict,
  frozenset,
  int,
  list,
  set,
  str,
  tuple,
} from "./builtins/type-methods.js";
export * from "./builtins/types.js";
export { asyncIter, asyncManager } from "./core/blocking/async-manager.js";
export { awaitCall, awaitMethod } from "./core/blocking/await-call.js";
export {
  applyMethodWait,
  applyWait,
  type Blocking,
  blocking,
  callWait,
  invokeWait,
  newWait,
  type Waiting,
  waiting,
} from "./core/blocking/blocking.js";
export { blockingManager, manager } from "./core/blocking/manager.js";
export { Wait } from "./core/blocking/wait.js";
export {
  delitemWait,
  eachWait,
  gathered,
  getattrWait,
  getitemWait,
  nextWait,
  setattrWait,
  setitemWait,
} from "./core/blocking/waiting-access.js";
export {
  apply,
  applyMethod,
  call,
  invoke,
  invokeFound,
  joinKwargs,
  kwargs,
} from "./core/call/call.js";
export { ARITY, defined as def } from "./core/call/signature.js";
export { delattr, deleteName, named, setattr } from "./core/class/attribute-writes.js";
export { getattr, hasattr } from "./core/class/attributes.js";
export { reshaped, subclassable } from "./core/class/bases.js";
export { __build_class__, built } from "./core/class/build-class.js";
export { classOf, define, setNames } from "./core/class/class.js";
export { mixin } from "./core/class/mixin.js";
export { PyObject } from "./core/class/object.js";
export { Ellipsis, NotImplemented } from "./core/class/singletons.js";
export { Dict } from "./core/container/dict.js";
export type { Range } from "./core/container/range.js";
export { FrozenSet, PySet } from "./core/container/set.js";
export { star } from "./core/container/tuple.js";
export { type Context, current, enter } from "./core/context.js";
export { handled, handling } from "./core/exception/being-handled.js";
export * from "./core/exception/exceptions.js";
export { formatException, registerSourceMap } from "./core/exception/traceback.js";
export { unsupported } from "./core/exception/unsupported.js";
export * from "./core/iteration/comprehension.js";
export { counted, downTo, upTo } from "./core/iteration/counted.js";
export { awaiting, type Coroutine, received } from "./core/iteration/generators.js";
export { each, pairs, unpack, unpackEach, unpackStar } from "./core/iteration/iteration.js";
export {
  asModule,
  globals,
  imported,
  importFrom,
  importing,
  importRelative,
  importStar,
  importTop,
} from "./core/module/imports.js";
export { mainGlobals } from "./core/module/main-globals.js";
export { type Accessor, defined, module, PyModule } from "./core/module/module.js";
export { moduleConstant } from "./core/module/module-constant.js";
export { assigned, bound, deletable, lookup } from "./core/module/names.js";
export { present } from "./core/module/port-names.js";
export { imaginary } from "./core/number/complex.js";
export { index } from "./core/number/numbers.js";
export { contains, eq, ge, gt, isIn, le, lt, ne } from "./core/operator/compare.js";
export { delitem, getitem, setitem } from "./core/operator/items.js";
export {
  add,
  bitand,
  bitor,
  bitxor,
  floordiv,
  iadd,
  ibitand,
  ibitor,
  ibitxor,
  ifloordiv,
  ilshift,
  imatmul,
  imod,
  imul,
  ipow,
  irshift,
  isub,
  itruediv,
  lshift,
  matmul,
  mod,
  mul,
  rshift,
  sub,
  truediv,
} from "./core/operator/operators.js";
export { invert, neg, pos, truth } from "./core/operator/unary.js";
export type { ByteArray } from "./core/text/bytearray.js";
export { Bytes, b } from "./core/text/bytes.js";
export { text } from "./core/text/strings.js";
export {
  Float,
  INSTANCE,
  type Int,
  type Real,
  type Tuple,
  tup,
  type Value,
} from "./core/values.js";
export { takeTurn, turnIsDue } from "./time/turn.js";
