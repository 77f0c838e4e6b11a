/** A Python exception as JavaScript sees it: what the promises of embed/ are rejected with. */

import { typeName } from "../core/class/type.js";
import type { BaseException } from "../core/exception/exceptions.js";
import { formatException, hostStack } from "../core/exception/traceback.js";
import { str } from "../core/repr.js";

export class PythonError extends Error {
  /** The traceback with the lines of the `.py` files, as MicroPython prints it. */
  readonly traceback: string;

  /** Made while the program is entered: the text of an exception may be Python's own. */
  constructor(
    /** The exception object of the program, with its attributes. */
    readonly exception: BaseException,
  ) {
    super(str(exception));
    /** The Python class: `ValueError`. */
    this.name = typeName(exception);
    this.traceback = formatException(exception);
    // Not what a log prints: the stack and the traceback say it all.
    Object.defineProperty(this, "exception", { enumerable: false });
    // As that of a JavaScript error: where in the emitted files it was raised.
    const stack = hostStack(exception);
    if (stack !== "") this.stack = `${this.name}: ${this.message}\n${stack}`;
  }
}
