/** What DEFLATE's lengths and distances are coded as (RFC 1951, 3.2.5), for both directions. */

export interface CodeRange {
  /** The least value that the code stands for. */
  readonly base: number;
  /** How many bits after the code are added to it. */
  readonly extra: number;
}

/** Ranges that double in size after every `perSize` codes. */
function ranges(first: number, count: number, perSize: number): CodeRange[] {
  const found: CodeRange[] = [];
  let base = first;
  for (let code = 0; code < count; code++) {
    const extra = Math.max(0, Math.floor(code / perSize) - 1);
    found.push({ base, extra });
    base += 2 ** extra;
  }
  return found;
}

/** Codes 257 to 285; the last stands for the greatest length alone. */
export const LENGTHS: readonly CodeRange[] = /* @__PURE__ */ [
  ...ranges(3, 28, 4),
  { base: 258, extra: 0 },
];

export const DISTANCES: readonly CodeRange[] = /* @__PURE__ */ ranges(1, 30, 2);

/** The code of a value. */
export function codeOf(table: readonly CodeRange[], value: number): number {
  let code = table.length - 1;
  while ((table[code] as CodeRange).base > value) code--;
  return code;
}

/** How long the codes of literals and lengths are in blocks that bring no table of their own. */
export const FIXED_LITERALS: readonly number[] = /* @__PURE__ */ Array.from(
  { length: 288 },
  (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8),
);

export const FIXED_DISTANCES: readonly number[] = /* @__PURE__ */ new Array<number>(32).fill(5);
