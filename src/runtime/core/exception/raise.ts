/**
 * Raising and catching: `throw raise(x)` and `catch (e) { ... caught(e) ... }` in emitted code.
 */

import { call } from "../call/call.js";
import { isSubclass, isType, typeName, typeOf } from "../class/type.js";
import { current, hasContext } from "../context.js";
import { isTuple, type Value } from "../values.js";
import { ARGS, BaseException, RuntimeError, TRACE, TypeError } from "./exceptions.js";
import { pythonError } from "./host-error.js";
import { capture } from "./trace.js";

/** The exception to throw for `raise x`, with its traceback captured. MicroPython drops a cause. */
export function raise(x: Value, cause?: Value): BaseException {
  if (cause != null && hasContext()) {
    current().host.writeError("Warning: exception chaining not supported\n");
  }
  const made = typeof x === "function" && isExceptionType(x) ? call(x) : x;
  // An exception has no arguments before `BaseException.__init__` has run: it cannot be raised yet.
  const error =
    made instanceof BaseException && made[ARGS] !== undefined
      ? made
      : new TypeError("exceptions must derive from BaseException");
  const earlier = error[TRACE]?.filter((trace) => !trace.provisional) ?? [];
  error[TRACE] = [...earlier, capture()];
  return error;
}

function isExceptionType(x: Value): boolean {
  return isType(x) && isSubclass(x, BaseException);
}

/** A bare `raise` outside a handler. */
export function reraise(): BaseException {
  return new RuntimeError("no active exception to reraise");
}

/** What stands after `except`: a class of exceptions, as TypeScript sees it. */
export type ExceptionType<E> = abstract new (...args: never[]) => E;

/**
 * The Python exception that a `catch` clause received. What is not of the given types is thrown
 * again, as are host errors that are no exceptions of Python's; without types there is no choice.
 */
export function caught<E = BaseException>(error: unknown, ...types: readonly ExceptionType<E>[]): E;
export function caught(error: unknown, ...types: Value[]): BaseException {
  const exception = error instanceof BaseException ? thrown(error) : pythonError(error);
  if (exception === undefined) throw error;
  if (types.length > 0 && !types.some((type) => matches(exception, type))) throw exception;
  return exception;
}

/** What the runtime threw was raised where it was made. */
function thrown(error: BaseException): BaseException {
  const last = error[TRACE]?.at(-1);
  if (last?.provisional) error[TRACE] = [{ ...last, provisional: false }];
  return error;
}

/** Whether `except type:` handles the exception. */
export function matches(error: Value, type: Value): boolean {
  return isTuple(type) ? type.some((each) => isOf(error, each)) : isOf(error, type);
}

/** MicroPython compares by an operator without a name, which knows exception types alone. */
function isOf(error: Value, type: Value): boolean {
  if (typeof type === "function" && isExceptionType(type)) {
    return error instanceof (type as Value) || isSubclass(typeOf(error), type as Value);
  }
  throw new TypeError(`unsupported types for : '${typeName(error)}', '${typeName(type)}'`);
}
