/** Lowers augmented assignments. */
import { propertyName } from "../../analyze/js-names.js";
import { operate } from "../../analyze/types/operators.js";
import { certain } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { AugAssign, Expr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { receiver } from "../expressions/attribute.js";
import { OPERATORS } from "../expressions/bin-op.js";
import { storeName } from "../expressions/name.js";
import { isRepeatable } from "../expressions/repeatable.js";
import type { Frame } from "../frame.js";
import { binaryRow, certainType } from "../native.js";
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
 * x += 1; this.count += 1     // where both are ints in a safe range
 * ```
 */
export function lowerAugAssign(node: AugAssign, frame: Frame): Statement[] {
  const { target } = node;
  const native = lowerNative(node, frame);
  if (native !== null) return [js.expressionStatement(native)];
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

/** JavaScript's own `+=` and its like: a variable or plain property, and a row of native operators. */
function lowerNative({ target, op, value }: AugAssign, frame: Frame): Expression | null {
  if (target.kind !== "Name" && target.kind !== "Attribute") return null;
  const { analysis } = frame.module;
  const [left, right] = [certainType(target, frame), certainType(value, frame)];
  const row = binaryRow(op, left, right, certain(operate(op, left, right)));
  if (row === null || typeof row.emit !== "string") return null;
  const assign = (place: Expression): Expression =>
    js.assign(place, lowerExpression(value, frame), `${row.emit}=`);
  if (target.kind === "Attribute") {
    if (!analysis.attributes.get(target)?.native) return null;
    const object = receiver(lowerExpression(target.value, frame), target.value, target.attr, frame);
    return assign(js.member(object, propertyName(target.attr)));
  }
  const use = analysis.nameUses.get(target);
  if (frame.classValue !== null || !use?.binding || use.mayBeUnbound) return null;
  if (use.resolved === "global" && use.binding.deletes.length > 0) return null;
  return assign(storeName(target, frame));
}
