/** What the runtime tests share: running code for the text of the Python exception that it raises. */

import { exceptionText } from "../../src/runtime/core/exception/exception-text.js";
import { BaseException } from "../../src/runtime/core/exception/exceptions.js";
import { caught } from "../../src/runtime/index.js";

/** `"TypeError: message"` of what `run` raises; "nothing raised" if it returns. */
export function raised(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    const error = caught(thrown);
    return error instanceof BaseException ? exceptionText(error, "exc") : String(thrown);
  }
  return "nothing raised";
}
