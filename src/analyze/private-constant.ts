/**
 * Whether a global is a constant that MicroPython's compiler keeps to itself: `_X = const(1)` makes
 * no variable, so that neither `globals()` nor another module sees it. Asked where the names of a
 * module are listed.
 */
import type { Binding } from "./analysis.js";
import type { BindingRecord } from "./records.js";

export function isPrivateConstant(binding: Binding | BindingRecord): boolean {
  return binding.name.startsWith("_") && binding.constant?.isConst === true;
}
