/**
 * What `struct.unpack` gives for a format that stands in the program: one type per field. Used by
 * `runtime-results.ts`.
 */
import { INT32, type Range, SAFE } from "./range.js";
import { intIn, just, type Type } from "./type.js";

const unsigned = (bits: number): Range => ({ low: 0, high: Math.min(2 ** bits - 1, SAFE.high) });
const signed = (bits: number): Range => ({ low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 });

/** Sizes as with `<` and `>`; native ones differ, so the larger counts. */
const FIELDS: Readonly<Record<string, () => Type>> = {
  b: () => intIn(signed(8)),
  B: () => intIn(unsigned(8)),
  h: () => intIn(signed(16)),
  H: () => intIn(unsigned(16)),
  i: () => intIn(INT32),
  I: () => intIn(unsigned(32)),
  f: () => just("float"),
  d: () => just("float"),
  q: () => just("int"),
  Q: () => just("int"),
  l: () => just("int"),
  L: () => just("int"),
};

/** Null where some field is not known, or the text is no format. */
export function structFields(format: string): readonly Type[] | null {
  const text = format.replace(/^[<>!=@]/, "");
  const fields: Type[] = [];
  const pattern = /(\d*)([a-zA-Z])/y;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) return null;
    const [, digits, code] = found as unknown as [string, string, string];
    const count = digits === "" ? 1 : Number(digits);
    if (code === "x") continue;
    if (code === "s") {
      fields.push(just("bytes"));
      continue;
    }
    const field = Object.hasOwn(FIELDS, code) ? FIELDS[code] : undefined;
    if (field === undefined || count > 64) return null;
    for (let n = 0; n < count; n++) fields.push(field());
  }
  return fields;
}
