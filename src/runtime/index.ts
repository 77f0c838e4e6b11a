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
export { asyncIter, asyncManager } from "./core/async-manager.js";
export { delattr, deleteName, named, setattr } from "./core/attribute-writes.js";
export { getattr, hasattr } from "./core/attributes.js";
export { awaitCall, awaitMethod } from "./core/await-call.js";
export { reshaped, subclassable } from "./core/bases.js";
export { handled, handling } from "./core/being-handled.js";
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
} from "./core/blocking.js";
export { __build_class__, built } from "./core/build-class.js";
export type { ByteArray } from "./core/bytearray.js";
export { Bytes, b } from "./core/bytes.js";
export { apply, applyMethod, call, invoke, invokeFound, joinKwargs, kwargs } from "./core/call.js";
export { classOf, define, setNames } from "./core/class.js";
export { contains, eq, ge, gt, isIn, le, lt, ne } from "./core/compare.js";
export { imaginary } from "./core/complex.js";
export * from "./core/comprehension.js";
export { type Context, current, enter } from "./core/context.js";
export { counted, downTo, upTo } from "./core/counted.js";
export { Dict } from "./core/dict.js";
export * from "./core/exceptions.js";
export { awaiting, type Coroutine, received } from "./core/generators.js";
export {
  asModule,
  globals,
  imported,
  importFrom,
  importing,
  importRelative,
  importStar,
  importTop,
} from "./core/imports.js";
export { delitem, getitem, setitem } from "./core/items.js";
export { each, pairs, unpack, unpackEach, unpackStar } from "./core/iteration.js";
export { mainGlobals } from "./core/main-globals.js";
export { blockingManager, manager } from "./core/manager.js";
export { mixin } from "./core/mixin.js";
export { type Accessor, defined, module, PyModule } from "./core/module.js";
export { moduleConstant } from "./core/module-constant.js";
export { assigned, bound, deletable, lookup } from "./core/names.js";
export { index } from "./core/numbers.js";
export { PyObject } from "./core/object.js";
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
} from "./core/operators.js";
export { present } from "./core/port-names.js";
export type { Range } from "./core/range.js";
export { FrozenSet, PySet } from "./core/set.js";
export { ARITY, defined as def } from "./core/signature.js";
export { Ellipsis, NotImplemented } from "./core/singletons.js";
export { text } from "./core/strings.js";
export { formatException, registerSourceMap } from "./core/traceback.js";
export { star } from "./core/tuple.js";
export { invert, neg, pos, truth } from "./core/unary.js";
export { unsupported } from "./core/unsupported.js";
export {
  Float,
  INSTANCE,
  type Int,
  type Real,
  type Tuple,
  tup,
  type Value,
} from "./core/values.js";
export { Wait } from "./core/wait.js";
export {
  delitemWait,
  eachWait,
  gathered,
  getattrWait,
  getitemWait,
  nextWait,
  setattrWait,
  setitemWait,
} from "./core/waiting-access.js";
export { takeTurn, turnIsDue } from "./time/turn.js";
