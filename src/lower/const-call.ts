/**
 * Knows calls of MicroPython's `const`, which stand for their argument. Asked by
 * `expressions/call.ts`, and by `statements/class-def.ts` for attributes that are literals.
 */
import type { Call, Expr } from "../parser/ast.js";
import type { Frame } from "./frame.js";

/** `const(2)` is 2: MicroPython's compiler knows `const` even where nobody imported it. */
export function constArgument({ func, args, keywords }: Call, frame: Frame): Expr | null {
  const [only] = args;
  if (func.kind !== "Name" || func.id !== "const" || args.length !== 1 || keywords.length > 0)
    return null;
  const use = frame.module.analysis.nameUses.get(func);
  const isOwn =
    use?.resolved === "unknown" || use?.binding?.imported?.target.module === "micropython";
  return isOwn && only && only.kind !== "Starred" ? only : null;
}
