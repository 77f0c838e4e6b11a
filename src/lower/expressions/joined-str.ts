/** Lowers f-strings to template literals. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { FormattedValue, JoinedStr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { staticType } from "../static-type.js";
import { lowerText } from "./constant.js";

/**
 * ```py
 * f"{name}: {value:>5} {raw!r}"
 * ```
 * ```ts
 * `${str(name)}: ${format(value, ">5")} ${repr(raw)}`
 * ```
 */
export function lowerJoinedStr(node: JoinedStr, frame: Frame): Expression {
  const strings = [""];
  const expressions: Expression[] = [];
  for (const value of node.values) {
    if (value.kind === "Constant" && value.value.type === "str") {
      strings[strings.length - 1] += value.value.value;
    } else {
      expressions.push(lowerExpression(value, frame));
      strings.push("");
    }
  }
  const lowered =
    expressions.length === 0 ? js.literal(strings[0] as string) : js.template(strings, expressions);
  return lowerText(strings.join(""), lowered);
}

export function lowerFormattedValue(node: FormattedValue, frame: Frame): Expression {
  const value = lowerExpression(node.value, frame);
  const converted =
    node.conversion === null ? value : js.rtCall(node.conversion === "s" ? "str" : "repr", value);
  if (node.format_spec !== null && node.format_spec.values.length > 0) {
    return js.rtCall("format", converted, lowerJoinedStr(node.format_spec, frame));
  }
  if (node.conversion !== null || staticType(node.value, frame) === "str") return converted;
  return js.rtCall("str", value);
}
