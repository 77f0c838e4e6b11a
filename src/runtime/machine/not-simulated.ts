/** What every driver says that has no counterpart on a simulated board, at the moment it is used. */

import { NotImplementedError } from "../core/exception/exceptions.js";

/** `what`: how the program calls it, "rp2.DMA" for one. */
export function notSimulated(what: string): never {
  throw new NotImplementedError(`${what} is not simulated`);
}
