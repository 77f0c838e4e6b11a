/**
 * Python's exceptions as ES classes. In this file, and wherever it is imported from, `TypeError` and
 * its like are Python's, not the host's.
 *
 * A traceback is captured where the runtime throws (in the constructor of a builtin exception) and
 * by `raise`; exceptions that steer control flow capture none.
 */

import { BUILTIN, METHOD, SIGNATURE } from "../call/signature.js";
import { checkInit } from "../class/object.js";
import { PRINT, type PrintKind } from "../slots.js";
import { asTuple, BARE, INSTANCE, mangle, type Tuple, TYPE, type Value } from "../values.js";
import { exceptionText } from "./exception-text.js";
import { capture, type Trace } from "./trace.js";

export { caught, matches, raise, reraise } from "./raise.js";

/** The arguments of an exception; unset until `BaseException.__init__` has run. */
export const ARGS: unique symbol = Symbol("args");
/** Where an exception was raised, once for each time; the last one is the newest. */
export const TRACE: unique symbol = Symbol("trace");
/** On a class: whether its constructor captures where it was called. */
export const TRACED: unique symbol = Symbol("traced");

export class BaseException {
  declare [INSTANCE]: true;
  declare [ARGS]: Tuple | undefined;
  declare [TRACE]: Trace[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: attributes of subclasses are dynamic.
  [attribute: string]: any;

  static {
    Object.setPrototypeOf(this.prototype, null);
    this.prototype[INSTANCE] = true;
    for (const name of ["args", "value", "errno"] as const) {
      const get =
        name === "args"
          ? function (this: BaseException): Value {
              return this[ARGS];
            }
          : function (this: BaseException): Value {
              return this[ARGS] === undefined ? undefined : (this[ARGS][0] ?? null);
            };
      Object.defineProperty(this.prototype, name, {
        get,
        // Instances of a program's own exceptions have a plain attribute of that name instead.
        set(this: BaseException, value: Value): void {
          Object.defineProperty(this, mangle(name), {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          });
        },
        configurable: true,
      });
    }
    const init: Value = this.prototype.__init__;
    init[METHOD] = true;
    init[BUILTIN] = true;
    init[SIGNATURE] = "*args";
    describe(this, "BaseException", []);
  }

  constructor(...args: Value[]) {
    this[ARGS] = undefined;
    this[TRACE] = undefined;
    if (args[0] === BARE) return;
    const { __init__ } = this;
    if (__init__ !== BaseException.prototype.__init__) checkInit(__init__.apply(this, args));
    if (this[ARGS] === undefined) this[ARGS] = asTuple(args);
    // biome-ignore lint/suspicious/noExplicitAny: a mark on the class.
    const maker = new.target as any;
    if (maker[TRACED] === maker) this[TRACE] = [capture(true)];
  }

  __init__(...args: Value[]): Value {
    this[ARGS] = asTuple(args);
    return null;
  }

  static __new__(cls: Value, ..._args: Value[]): Value {
    return new cls(BARE);
  }

  [PRINT](kind: PrintKind | "exc"): string {
    return exceptionText(this, kind);
  }

  [Symbol.toPrimitive](): string {
    return exceptionText(this, "exc");
  }

  /** What Node shows when it is given a Python exception to print. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return exceptionText(this, "exc");
  }
}

/** Gives a builtin exception its type info; `traced` ones capture where they are made. */
function describe(cls: Value, name: string, bases: Value[], traced = true): void {
  cls[TYPE] = { name, bases, builtin: true };
  if (traced) cls[TRACED] = cls;
}

export class SystemExit extends BaseException {
  static {
    describe(this, "SystemExit", [BaseException]);
  }
}

export class KeyboardInterrupt extends BaseException {
  static {
    describe(this, "KeyboardInterrupt", [BaseException]);
  }
}

export class GeneratorExit extends BaseException {
  static {
    describe(this, "GeneratorExit", [BaseException], false);
  }
}

export class Exception extends BaseException {
  static {
    describe(this, "Exception", [BaseException]);
  }
}

export class StopAsyncIteration extends Exception {
  static {
    describe(this, "StopAsyncIteration", [Exception], false);
  }
}

export class StopIteration extends Exception {
  static {
    describe(this, "StopIteration", [Exception], false);
  }
}

export class ArithmeticError extends Exception {
  static {
    describe(this, "ArithmeticError", [Exception]);
  }
}

export class OverflowError extends ArithmeticError {
  static {
    describe(this, "OverflowError", [ArithmeticError]);
  }
}

export class ZeroDivisionError extends ArithmeticError {
  static {
    describe(this, "ZeroDivisionError", [ArithmeticError]);
  }
}

export class AssertionError extends Exception {
  static {
    describe(this, "AssertionError", [Exception]);
  }
}

export class AttributeError extends Exception {
  static {
    describe(this, "AttributeError", [Exception]);
  }
}

export class EOFError extends Exception {
  static {
    describe(this, "EOFError", [Exception]);
  }
}

export class ImportError extends Exception {
  static {
    describe(this, "ImportError", [Exception]);
  }
}

export class LookupError extends Exception {
  static {
    describe(this, "LookupError", [Exception]);
  }
}

export class IndexError extends LookupError {
  static {
    describe(this, "IndexError", [LookupError]);
  }
}

export class KeyError extends LookupError {
  static {
    describe(this, "KeyError", [LookupError]);
  }
}

export class MemoryError extends Exception {
  static {
    describe(this, "MemoryError", [Exception]);
  }
}

export class NameError extends Exception {
  static {
    describe(this, "NameError", [Exception]);
  }
}

export class OSError extends Exception {
  static {
    describe(this, "OSError", [Exception]);
  }
}

export class RuntimeError extends Exception {
  static {
    describe(this, "RuntimeError", [Exception]);
  }
}

export class NotImplementedError extends RuntimeError {
  static {
    describe(this, "NotImplementedError", [RuntimeError]);
  }
}

export class SyntaxError extends Exception {
  static {
    describe(this, "SyntaxError", [Exception]);
  }
}

export class IndentationError extends SyntaxError {
  static {
    describe(this, "IndentationError", [SyntaxError]);
  }
}

export class TypeError extends Exception {
  static {
    describe(this, "TypeError", [Exception]);
  }
}

export class ViperTypeError extends TypeError {
  static {
    describe(this, "ViperTypeError", [TypeError]);
  }
}

export class ValueError extends Exception {
  static {
    describe(this, "ValueError", [Exception]);
  }
}

export class UnicodeError extends ValueError {
  static {
    describe(this, "UnicodeError", [ValueError]);
  }
}

/** Every builtin exception by its Python name, for the `builtins` module. */
export const exceptions = {
  BaseException,
  SystemExit,
  KeyboardInterrupt,
  GeneratorExit,
  Exception,
  StopAsyncIteration,
  StopIteration,
  ArithmeticError,
  OverflowError,
  ZeroDivisionError,
  AssertionError,
  AttributeError,
  EOFError,
  ImportError,
  LookupError,
  IndexError,
  KeyError,
  MemoryError,
  NameError,
  OSError,
  RuntimeError,
  NotImplementedError,
  SyntaxError,
  IndentationError,
  TypeError,
  ValueError,
  UnicodeError,
} as const;
