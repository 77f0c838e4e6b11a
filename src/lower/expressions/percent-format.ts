/** Lowers `%` with a text that stands in the source; called by `bin-op.ts`. */
import { type Atom, isWithin, type Type } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { BinOp, Expr } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { certainType } from "../native.js";
import { lowerText } from "./constant.js";
import { formatted, textOf } from "./joined-str.js";
import { formatsInTurn } from "./text-format.js";

/** How a field stands in a template: as `format(value!conversion, spec)`. */
interface Field {
  readonly conversion: string | null;
  readonly spec: string | null;
  /** What the value must certainly be. */
  readonly takes: ReadonlySet<Atom> | null;
}

/** Doubled percent signs, a field with one flag, or other text. */
const PART = /%%|%([-0]?)(\d*)(?:\.(\d+))?([sdrixXf])|[^%]+/gy;

const INT: ReadonlySet<Atom> = new Set<Atom>(["int"]);
const NUMBER: ReadonlySet<Atom> = new Set<Atom>(["int", "float"]);
/** One value of these is no tuple of several. */
const SINGLE: ReadonlySet<Atom> = new Set<Atom>([
  ...(["None", "bool", "bytearray", "bytes", "float", "int", "list", "set", "str"] as const),
]);

/**
 * ```py
 * "%s: %d of %.1f" % (name, count, total)
 * ```
 * ```ts
 * `${str(name)}: ${count} of ${format(total, ".1f")}`
 * ```
 *
 * Null where the values may be others than the text asks for, or it asks for more than templates can.
 */
export function lowerPercentFormat(node: BinOp, frame: Frame): Expression | null {
  const { op, left, right } = node;
  if (op !== "Mod" || left.kind !== "Constant" || left.value.type !== "str") return null;
  const text = left.value.value;
  const parsed = parse(text);
  const values = valuesOf(right, frame);
  if (parsed === null || parsed.fields.length === 0 || values === null) return null;
  const { strings, fields } = parsed;
  const suits =
    fields.length === values.length &&
    fields.every(({ takes }, i) => isTaken(certainType(values[i] as Expr, frame), takes)) &&
    formatsInTurn(values, frame);
  if (!suits) return null;
  const expressions = fields.map(({ conversion, spec }, i) =>
    formatted(values[i] as Expr, conversion, spec === null ? null : () => js.literal(spec), frame),
  );
  return lowerText(strings.join(""), textOf(strings, expressions));
}

const isTaken = (type: Type, takes: ReadonlySet<Atom> | null): boolean =>
  takes === null || isWithin(type, takes);

function valuesOf(right: Expr, frame: Frame): readonly Expr[] | null {
  if (right.kind === "Tuple")
    return right.elts.some(({ kind }) => kind === "Starred") ? null : right.elts;
  return isWithin(certainType(right, frame), SINGLE) ? [right] : null;
}

/** The texts around the fields, and the fields. */
function parse(text: string): { strings: string[]; fields: Field[] } | null {
  const strings = [""];
  const fields: Field[] = [];
  let end = 0;
  for (const match of text.matchAll(PART)) {
    const [part, flag = "", width = "", precision, kind] = match;
    end += part.length;
    if (kind === undefined) {
      strings[strings.length - 1] += part === "%%" ? "%" : part;
      continue;
    }
    const field = fieldOf(kind, flag, width, precision);
    if (field === null) return null;
    fields.push(field);
    strings.push("");
  }
  return end === text.length ? { strings, fields } : null;
}

function fieldOf(
  kind: string,
  flag: string,
  width: string,
  precision: string | undefined,
): Field | null {
  if (flag !== "" && width === "") return null;
  const aligned = `${flag === "-" ? "<" : flag}${width}`;
  switch (kind) {
    case "s":
    case "r": {
      if (precision !== undefined || flag === "0") return null;
      const spec = width === "" ? null : flag === "-" ? `<${width}` : `>${width}`;
      return { conversion: kind === "r" ? "r" : spec === null ? null : "s", spec, takes: null };
    }
    case "f":
      return { conversion: null, spec: `${aligned}.${precision ?? "6"}f`, takes: NUMBER };
    default: {
      if (precision !== undefined) return null;
      const isPlain = aligned === "" && (kind === "d" || kind === "i");
      const spec = isPlain ? null : `${aligned}${kind === "i" ? "d" : kind}`;
      return { conversion: null, spec, takes: INT };
    }
  }
}
