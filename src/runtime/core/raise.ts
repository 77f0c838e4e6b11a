/**
 * Raising and catching: `throw raise(x)` and `catch (e) { ... caught(e) ... }` in emitted code.
 */

import { call } from "./call.js";
import { current, hasContext } from "./context.js";
import { BaseException, RuntimeError, TRACE, TypeError } from "./exceptions.js";
import { pythonError } from "./host-error.js";
import { capture } from "./trace.js";
import { isSubclass, isType, typeOf } from "./type.js";
import { isTuple, type Value } from "./values.js";

/** The exception to throw for `raise x`, with its traceback captured. MicroPython drops a cause. */
export function raise(x: Value, cause?: Value): BaseException {
  if (cause != null && hasContext()) {
    current().host.writeError("Warning: exception chaining not supported\n");
  }
  const made = typeof x === "function" && isExceptionType(x) ? call(x) : x;
  const error =
    made instanceof BaseException
      ? made
      : new TypeError("exceptions must derive from BaseException");
  const earlier = error[TRACE]?.filter((trace) => !trace.provisional) ?? [];
  error[TRACE] = [...earlier, capture(raise)];
  return error;
}

function isExceptionType(x: Value): boolean {
  return isType(x) && isSubclass(x, BaseException);
}

/** A bare `raise` outside a handler. */
export function reraise(): BaseException {
  return new RuntimeError("no active exception to reraise");
}

/** The Python exception that a `catch` clause received; host errors that are none pass through. */
export function caught(error: unknown): BaseException {
  if (error instanceof BaseException) return thrown(error);
  const converted = pythonError(error);
  if (converted === undefined) throw error;
  return converted;
}

/** What the runtime threw was raised where it was made. */
function thrown(error: BaseException): BaseException {
  const last = error[TRACE]?.at(-1);
  if (last?.provisional) error[TRACE] = [{ ...last, provisional: false }];
  return error;
}

/** Whether `except type:` handles the exception. */
export function matches(error: Value, type: Value): boolean {
  if (typeof type === "function") {
    if (type.prototype instanceof BaseException || type === BaseException) {
      if (error instanceof type) return true;
    }
    return isType(type) && isSubclass(typeOf(error), type);
  }
  if (isTuple(type)) return type.some((each) => matches(error, each));
  throw new TypeError("exceptions must derive from BaseException");
}
