/** Lowers `raise`. */
import { builtin } from "../../analyze/tables/builtins.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Expr, Raise } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";

/**
 * ```py
 * raise ValueError("no")
 * raise Refused(code)     # a class of the program
 * raise                   # in an `except` block
 * ```
 * ```ts
 * throw new ValueError("no");
 * throw raise(new Refused(code));
 * throw error$;
 * ```
 * Builtin exceptions note where they are made; for all others `raise` does.
 */
export function lowerRaise(node: Raise, frame: Frame): Statement[] {
  if (node.exc === null) {
    const caught = frame.handlers.at(-1);
    return [js.throws(caught === undefined ? js.rtCall("reraise") : js.id(caught))];
  }
  const builtin = node.cause === null ? builtinException(node.exc, frame) : null;
  if (builtin !== null) return [js.throws(builtin)];
  const args = [lowerExpression(node.exc, frame)];
  if (node.cause !== null) args.push(lowerExpression(node.cause, frame));
  const raised = js.rtCall("raise", ...args);
  raised.callee.loc = frame.location(node.span);
  return [js.throws(raised)];
}

/** `new ValueError("no")` for `ValueError("no")` and `ValueError`. */
function builtinException(exc: Expr, frame: Frame): Expression | null {
  const { calls, nameUses } = frame.module.analysis;
  if (exc.kind === "Name" && nameUses.get(exc)?.resolved === "builtin" && isException(exc.id)) {
    return js.construct(lowerExpression(exc, frame), []);
  }
  const callee = exc.kind === "Call" ? calls.get(exc)?.callee : undefined;
  if (callee?.kind !== "builtin" || !isException(callee.name)) return null;
  const made = lowerExpression(exc, frame);
  return made.type === "NewExpression" ? made : null;
}

const isException = (name: string): boolean => name !== "object" && builtin(name)?.kind === "class";
