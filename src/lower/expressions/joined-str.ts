/** Lowers f-strings to template literals. */

import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Expr, FormattedValue, JoinedStr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainType } from "../native.js";
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
  return lowerText(strings.join(""), textOf(strings, expressions));
}

/** A template literal, or less where that says the same. */
export function textOf(strings: readonly string[], expressions: readonly Expression[]): Expression {
  const texts = [strings[0] as string];
  const fields: Expression[] = [];
  for (const [i, expression] of expressions.entries()) {
    const after = strings[i + 1] as string;
    if (typeof expression.value === "string") {
      texts[texts.length - 1] += expression.value + after;
    } else {
      fields.push(expression);
      texts.push(after);
    }
  }
  const [only] = fields;
  if (only === undefined) return js.literal(texts[0] as string);
  if (fields.length === 1 && texts.every((text) => text === "")) return only;
  return js.template(
    texts,
    fields.map((expression) => expression.inTemplate ?? expression),
  );
}

export function lowerFormattedValue(node: FormattedValue, frame: Frame): Expression {
  const { value, conversion, format_spec: spec } = node;
  const isPlain = spec === null || spec.values.length === 0;
  return formatted(value, conversion, isPlain ? null : () => lowerJoinedStr(spec, frame), frame);
}

/** The text of one field: `x!r:>5` is `format(repr(x), ">5")`. */
export function formatted(
  node: Expr,
  conversion: string | null,
  spec: (() => Expression) | null,
  frame: Frame,
): Expression {
  const value = lowerExpression(node, frame);
  const converted =
    conversion === null ? value : js.rtCall(conversion === "s" ? "str" : "repr", value);
  if (spec !== null) return js.rtCall("format", converted, spec());
  const isText = staticType(node, frame) === "str" || isJust(certainType(node, frame), "str");
  if (conversion !== null || isText) return converted;
  const text = js.rtCall("str", value);
  // A template literal writes ints as Python does.
  return isJust(certainType(node, frame), "int") ? { ...text, inTemplate: value } : text;
}
