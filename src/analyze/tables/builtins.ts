/**
 * MicroPython's builtin names: how emitted code uses each and which arguments it takes. Read by the
 * name resolution (a name not listed here and bound nowhere is unknown), by `calls.ts` and by
 * `lower/`. A test compares the names with MicroPython's.
 */

import { RUNTIME_BUILTINS, RUNTIME_PARTIAL } from "./runtime-signatures.js";

/**
 * function: a plain JS function. type: a Python type that is a callable JS function (`int`).
 * class: an ES class (`new ValueError()`). constant: a value.
 */
export type BuiltinKind = "function" | "type" | "class" | "constant";

export interface Builtin {
  readonly kind: BuiltinKind;
  /**
   * The contract's signature; "" takes nothing, null: not checked at compile time, so calls with
   * anything go through the runtime's checked call.
   */
  readonly signature: string | null;
  /** Suspends the program: `yield* input.wait()`. */
  readonly blocking?: true;
  /** Never runs code of the program, whatever its arguments are. */
  readonly pure?: true;
}

const fn = (signature: string | null): Builtin => ({ kind: "function", signature });
const type = (signature: string | null): Builtin => ({ kind: "type", signature });
/** The text may do anything. */
const runsText: Builtin = {
  kind: "function",
  signature: "source, globals=, locals=",
  blocking: true,
};
const exception: Builtin = { kind: "class", signature: "*args" };

export const BUILTINS = {
  abs: fn("x"),
  all: fn("iterable"),
  any: fn("iterable"),
  bin: fn("x"),
  callable: { kind: "function", signature: "x", pure: true },
  chr: { kind: "function", signature: "x", pure: true },
  compile: fn(null),
  delattr: fn("x, name"),
  dir: fn("x="),
  divmod: fn("a, b"),
  eval: runsText,
  exec: runsText,
  execfile: runsText,
  getattr: fn("x, name, default="),
  globals: fn(""),
  hasattr: fn("x, name"),
  hash: fn("x"),
  help: fn("x="),
  hex: fn("x"),
  id: { kind: "function", signature: "x", pure: true },
  input: { kind: "function", signature: "prompt=", blocking: true },
  isinstance: { kind: "function", signature: "x, type", pure: true },
  issubclass: { kind: "function", signature: "x, type", pure: true },
  iter: fn("x"),
  len: fn("x"),
  locals: fn(""),
  max: fn("*values"),
  min: fn("*values"),
  next: fn("iterator, default="),
  oct: fn("x"),
  open: fn("file, mode=, buffering=, encoding="),
  ord: { kind: "function", signature: "x", pure: true },
  pow: fn("x, y, z="),
  print: fn("*values"),
  repr: fn("x"),
  round: fn("x, digits="),
  setattr: fn("x, name, value"),
  sorted: fn("iterable, *, key=, reverse="),
  sum: fn("iterable, start="),
  __import__: {
    kind: "function",
    signature: "name, globals=, locals=, fromlist=, level=, /",
    blocking: true,
  },
  __build_class__: fn(null),

  bool: type("x="),
  bytearray: type("source="),
  bytes: type("source="),
  classmethod: type("function"),
  complex: type("real=, imag="),
  dict: type("items="),
  enumerate: type("iterable, start="),
  filter: type("function, iterable"),
  float: type("x="),
  frozenset: type("iterable="),
  int: type("x=, base="),
  list: type("iterable="),
  map: type("function, *iterables"),
  memoryview: type("x"),
  property: type("getter=, setter=, deleter="),
  range: type("start, stop=, step="),
  reversed: type("x"),
  set: type("iterable="),
  slice: type(null),
  staticmethod: type("function"),
  str: type("object="),
  super: type(null),
  tuple: type("iterable="),
  type: type("object, bases=, dict=, /"),
  zip: type("*iterables"),

  object: { kind: "class", signature: "" },
  ArithmeticError: exception,
  AssertionError: exception,
  AttributeError: exception,
  BaseException: exception,
  EOFError: exception,
  Exception: exception,
  GeneratorExit: exception,
  ImportError: exception,
  IndentationError: exception,
  IndexError: exception,
  KeyError: exception,
  KeyboardInterrupt: exception,
  LookupError: exception,
  MemoryError: exception,
  NameError: exception,
  NotImplementedError: exception,
  OSError: exception,
  OverflowError: exception,
  RuntimeError: exception,
  StopAsyncIteration: exception,
  StopIteration: exception,
  SyntaxError: exception,
  SystemExit: exception,
  TypeError: exception,
  UnicodeError: exception,
  ValueError: exception,
  ViperTypeError: exception,
  ZeroDivisionError: exception,

  Ellipsis: { kind: "constant", signature: null },
  NotImplemented: { kind: "constant", signature: null },
} as const satisfies Readonly<Record<string, Builtin>>;

export type BuiltinName = keyof typeof BUILTINS;

/** These take no arguments of Python's as they stand in the runtime. */
const LOWERED_APART: ReadonlySet<string> = new Set([
  "eval",
  "exec",
  "execfile",
  "globals",
  "locals",
  "super",
]);

/** The row of a builtin, with the runtime's own signature where a plain call is possible at all. */
export function builtin(name: string): Builtin | null {
  const row: Builtin | null = Object.hasOwn(BUILTINS, name) ? BUILTINS[name as BuiltinName] : null;
  const signature = RUNTIME_BUILTINS[name];
  return row === null ||
    row.signature === null ||
    signature === undefined ||
    LOWERED_APART.has(name)
    ? row
    : { ...row, signature: signature.replace(/, \*\*keywords$/, "") };
}

/** Whether some ports lack the builtin. */
export function isOptional(name: string): boolean {
  return RUNTIME_PARTIAL.builtins?.includes(name) === true;
}

/** Names that every module has besides its globals and the builtins. */
export const MODULE_NAMES: ReadonlySet<string> = new Set([
  "__name__",
  "__file__",
  "__path__",
  "__package__",
  "__doc__",
  "__dict__",
  "__debug__",
]);
