/** Lowers `.format` of a text that stands in the source; called by `call.ts`. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Call, Expr } from "../../parser/ast.js";
import { mayRunCode } from "../effects.js";
import type { Frame } from "../frame.js";
import { lowerText } from "./constant.js";
import { formatted, textOf } from "./joined-str.js";
import { isRepeatable } from "./repeatable.js";

interface Field {
  readonly name: string;
  readonly conversion: string | null;
  readonly spec: string | null;
}

/** Doubled braces, a field without fields in its spec, or other text. */
const PART = /\{\{|\}\}|\{([A-Za-z_]\w*|\d+)?(?:!([rs]))?(?::([^{}]*))?\}|[^{}]+/gy;

/**
 * ```py
 * "{}: {:.1f}".format(name, value)
 * ```
 * ```ts
 * `${str(name)}: ${format(value, ".1f")}`
 * ```
 *
 * Null where the text is no such format, or where it would show that fields are put into text as the
 * arguments are evaluated, not after all of them.
 */
export function lowerTextFormat(node: Call, frame: Frame): Expression | null {
  const { func, args, keywords } = node;
  if (func.kind !== "Attribute" || func.attr !== "format" || func.value.kind !== "Constant") {
    return null;
  }
  const { value } = func.value;
  const isSpread =
    args.some((arg) => arg.kind === "Starred") || keywords.some(({ arg }) => arg === null);
  const parsed = value.type === "str" && !isSpread ? parse(value.value) : null;
  if (parsed === null || parsed.fields.length === 0) return null;
  const values = new Map<string, Expr>([
    ...args.map((arg, i): [string, Expr] => [String(i), arg]),
    ...keywords.map((keyword): [string, Expr] => [keyword.arg as string, keyword.value]),
  ]);
  if (!suits(parsed.fields, values, frame)) return null;
  const { strings, fields } = parsed;
  const expressions = fields.map(({ name, conversion, spec }) =>
    formatted(
      values.get(name) as Expr,
      conversion,
      spec === null ? null : () => js.literal(spec),
      frame,
    ),
  );
  return lowerText(strings.join(""), textOf(strings, expressions));
}

/** The texts between the fields, and the fields, with numbers for those that have no name. */
function parse(text: string): { strings: string[]; fields: Field[] } | null {
  const strings = [""];
  const fields: Field[] = [];
  let end = 0;
  for (const match of text.matchAll(PART)) {
    const [part, name = "", conversion = null, spec = null] = match;
    end += part.length;
    if (part === "{{" || part === "}}") {
      strings[strings.length - 1] += part.slice(1);
    } else if (!part.startsWith("{")) {
      strings[strings.length - 1] += part;
    } else {
      fields.push({ name, conversion, spec: spec === "" ? null : spec });
      strings.push("");
    }
  }
  if (end !== text.length) return null;
  const numbered = fields.map((field, i) =>
    field.name === "" ? { ...field, name: String(i) } : field,
  );
  const counts = fields.filter(({ name }) => name === "").length;
  const numbers = fields.filter(({ name }) => /^\d/.test(name)).length;
  // Names between fields without one, or counting and numbers mixed, are left to the runtime.
  return counts > 0 && counts !== fields.length && (numbers > 0 || !leads(fields))
    ? null
    : { strings, fields: numbered };
}

/** Fields without a name stand before those with one. */
const leads = (fields: readonly Field[]): boolean => {
  const first = fields.findIndex(({ name }) => name !== "");
  return fields.slice(first).every(({ name }) => name !== "");
};

/** Every argument is used, and in its turn, unless nobody can tell when it was evaluated. */
function suits(fields: readonly Field[], values: ReadonlyMap<string, Expr>, frame: Frame): boolean {
  const used = new Set(fields.map(({ name }) => name));
  if (used.size !== values.size || fields.some(({ name }) => !values.has(name))) return false;
  const nodes = [...values.values()];
  const inTurn =
    fields.length === values.size &&
    [...values.keys()].every((name, i) => name === fields[i]?.name);
  return inTurn ? formatsInTurn(nodes, frame) : nodes.every((node) => isRepeatable(node, frame));
}

/** Nobody can tell whether each value is put into text before the next is evaluated. */
export const formatsInTurn = (values: readonly Expr[], frame: Frame): boolean =>
  values.every((value) => isRepeatable(value, frame)) ||
  values.slice(1).every((value) => !mayRunCode(value)) ||
  printsSilently(frame);

/** No class of the program has a say in how its objects are printed. */
function printsSilently(frame: Frame): boolean {
  const { closedWorld, dunders } = frame.module.analysis.context.facts;
  return closedWorld && !dunders.has("__str__") && !dunders.has("__repr__");
}
