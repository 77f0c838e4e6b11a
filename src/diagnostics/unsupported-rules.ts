/**
 * MPY4xxx: MicroPython that the compiler does not translate yet. Always warnings: the program is
 * built, and raises NotImplementedError with the source position if it gets there.
 */
import { warning } from "./rule.js";

export const unsupportedRules = {
  MPY4001: warning<{ feature: string }>(
    ({ feature }) => `not supported yet: ${feature}`,
    "The program is built; it raises NotImplementedError when it reaches this place.",
  ),
};
