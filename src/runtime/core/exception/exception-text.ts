/**
 * How an exception is printed: `str(e)`, `repr(e)`, and the last line of a traceback ("exc").
 * exceptions.ts calls it for its print slot, traceback.ts for the traceback.
 */

import { invoke } from "../call/call.js";
import { typeName } from "../class/type.js";
import { repr, str } from "../repr.js";
import type { PrintKind } from "../slots.js";
import { isInt, type Tuple } from "../values.js";
import { errnoName } from "./errno-name.js";
import { ARGS, type BaseException, OSError } from "./exceptions.js";

export function exceptionText(error: BaseException, kind: PrintKind | "exc"): string {
  if (typeof error["__repr__"] === "function" && kind !== "str")
    return str(invoke(error, "__repr__"));
  if (typeof error["__str__"] === "function" && kind === "str")
    return str(invoke(error, "__str__"));
  const args = error[ARGS] ?? [];
  if (kind === "repr" || kind === "json") return typeName(error) + repr(args);
  const message = args.length === 0 ? "" : messageOf(error, args as Tuple);
  return kind === "exc" ? `${typeName(error)}: ${message}` : message;
}

function messageOf(error: BaseException, args: Tuple): string {
  if (error instanceof OSError && args.length < 3 && isInt(args[0])) {
    const name = errnoName(args[0]);
    if (name !== undefined) {
      return `[Errno ${args[0]}] ${name}${args.length > 1 ? `: ${str(args[1])}` : ""}`;
    }
  }
  return args.length === 1 ? str(args[0]) : repr(args);
}
