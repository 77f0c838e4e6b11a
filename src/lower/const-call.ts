/**
 * Knows calls of MicroPython's `const`, which stand for their argument. Asked by
 * `expressions/call.ts`, and by `statements/class-def.ts` for attributes that are literals.
 */
import type { Assign, Call, Expr } from "../parser/ast.js";
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

/**
 * `X = const(2)`: MicroPython's parser puts the value there whatever `const` is, so that programs may
 * define one for other Pythons. Null when the statement is no such one.
 */
export function constValue({ targets, value }: Assign): Expr | null {
  if (targets.length !== 1 || targets[0]?.kind !== "Name" || value.kind !== "Call") return null;
  const { func, args, keywords } = value;
  const [only] = args;
  if (func.kind !== "Name" || func.id !== "const" || args.length !== 1 || keywords.length > 0)
    return null;
  return only !== undefined && only.kind !== "Starred" ? only : null;
}
