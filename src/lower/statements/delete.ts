/** Lowers `del`. */
import type { NameUse } from "../../analyze/analysis.js";
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { Delete, Expr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { storeName } from "../expressions/name.js";
import type { Frame } from "../frame.js";
import { isEntry } from "../variable.js";

/**
 * ```py
 * del x, items[0], self.cache
 * ```
 * ```ts
 * x = undefined; delitem(items, 0); delattr(this, "cache");
 * ```
 */
export function lowerDelete(node: Delete, frame: Frame): Statement[] {
  return node.targets.flatMap((target) => lowerTarget(target, frame));
}

/** Whether the name may be unbound: also where another scope may delete it, or has done so. */
function isChecked(use: NameUse | undefined): boolean {
  if (use === undefined || use.mayBeUnbound) return true;
  const { binding, resolved } = use;
  if (binding === null) return false;
  return (resolved === "global" || binding.captured) && binding.deletes.length > 1;
}

function lowerTarget(target: Expr, frame: Frame): Statement[] {
  switch (target.kind) {
    case "Name": {
      const use = frame.module.analysis.nameUses.get(target);
      if (frame.classValue !== null && use?.binding?.kind === "class") {
        return [
          js.expressionStatement(
            js.rtCall("deleteName", frame.classValue(), js.literal(target.id)),
          ),
        ];
      }
      const name = storeName(target, frame);
      if (use?.binding && isEntry(use.binding, frame)) {
        return [js.expressionStatement(js.unary("delete", name))];
      }
      const isGlobal = use?.resolved === "global";
      const check = isChecked(use)
        ? [
            js.expressionStatement(
              js.rtCall(isGlobal ? "deletable" : "assigned", name, js.literal(target.id)),
            ),
          ]
        : [];
      return [...check, js.expressionStatement(js.assign({ ...name }, js.undef()))];
    }
    case "Attribute":
      return [
        js.expressionStatement(
          js.rtCall("delattr", lowerExpression(target.value, frame), js.literal(target.attr)),
        ),
      ];
    case "Subscript":
      return [
        js.expressionStatement(
          js.rtCall(
            "delitem",
            lowerExpression(target.value, frame),
            lowerExpression(target.slice, frame),
          ),
        ),
      ];
    case "Tuple":
    case "List":
      return target.elts.flatMap((element) => lowerTarget(element, frame));
    default:
      throw new Error(`not a target of del: ${target.kind}`);
  }
}
