/**
 * The exception that is being handled, for `sys.exc_info()`. `with` reports what it tells its manager;
 * `except` and `finally` report only in programs that mention the function. As in MicroPython's
 * `py/vm.c` there is one for the whole program: the end of any `try` block or handler forgets it.
 */
import { hasContext, perContext } from "../context.js";
import type { BaseException } from "./exceptions.js";

const state = perContext((): { exception: BaseException | null } => ({ exception: null }));

/** A handler begins. Where no program runs nobody can ask for it. */
export function handling<E extends BaseException>(exception: E): E {
  if (hasContext()) state().exception = exception;
  return exception;
}

/** A handler or a `try` block has ended. */
export function handled(): void {
  if (hasContext()) state().exception = null;
}

export function beingHandled(): BaseException | null {
  return state().exception;
}
