/** `rp2.PIOASMError`: what the assembler raises of an instruction that the machine cannot have. */

import { define } from "../core/class/class.js";
import { Exception } from "../core/exception/exceptions.js";

export class PIOASMError extends Exception {}
define(PIOASMError, { module: "rp2" });
