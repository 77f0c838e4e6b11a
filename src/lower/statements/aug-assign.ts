/** Lowers augmented assignments. */
import { propertyName } from "../../analyze/js-names.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { AugAssign, Expr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { OPERATORS } from "../expressions/bin-op.js";
import { isRepeatable } from "../expressions/repeatable.js";
import type { Frame } from "../frame.js";
import { lowerStore } from "../target.js";

/**
 * ```py
 * x += 1
 * self.count += 1
 * table[key()] -= 1
 * ```
 * ```ts
 * x = iadd(x, 1);
 * this.count = iadd(this.count, 1);
 * const k$ = key(); setitem(table, k$, isub(getitem(table, k$), 1));
 * ```
 */
export function lowerAugAssign(node: AugAssign, frame: Frame): Statement[] {
  const { target } = node;
  const operate = (current: Expression): Expression => {
    const result = js.rtCall(OPERATORS[node.op][1], current, lowerExpression(node.value, frame));
    result.loc = frame.location(node.span);
    result.callee.loc = result.loc;
    return result;
  };
  if (target.kind === "Name") {
    return lowerStore(target, operate(lowerExpression(target, frame)), null, frame);
  }
  const before: Statement[] = [];
  const once = (part: Expr, hint: string): (() => Expression) => {
    if (isRepeatable(part, frame)) return () => lowerExpression(part, frame);
    const name = frame.name(hint);
    before.push(js.declare("const", js.id(name), lowerExpression(part, frame)));
    return () => js.id(name);
  };
  const statement = ((): Expression => {
    if (target.kind === "Attribute") {
      const object = once(target.value, "o");
      const name = propertyName(target.attr);
      return frame.module.analysis.attributes.get(target)?.native
        ? js.assign(js.member(object(), name), operate(js.member(object(), name)))
        : js.rtCall(
            "setattr",
            object(),
            js.literal(target.attr),
            operate(js.rtCall("getattr", object(), js.literal(target.attr))),
          );
    }
    if (target.kind === "Subscript") {
      const object = once(target.value, "o");
      const key = once(target.slice, "k");
      return js.rtCall("setitem", object(), key(), operate(js.rtCall("getitem", object(), key())));
    }
    throw new Error(`not a target of an augmented assignment: ${target.kind}`);
  })();
  return [...before, js.expressionStatement(statement)];
}
