/** MPY2xxx: programs that parse and that MicroPython's compiler refuses. */
import { error } from "./rule.js";

export const validationRules = {
  MPY2003: error("can't assign to expression", "The left side of ':=' must be a name."),
};
