/**
 * How much messages of exceptions tell: builds for computers name the function, the module and the text that
 * was wrong, those for boards do not (MICROPY_ERROR_REPORTING).
 */

import { current, hasContext } from "../context.js";

export function isDetailed(): boolean {
  return !hasContext() || current().names.messages !== "normal";
}
