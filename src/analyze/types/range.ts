/**
 * Intervals of ints: what a native operator may be used on. Bounds are integers or infinite; all
 * functions round outwards. Used by `type.ts` and `results.ts`.
 */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export const ANY_INT: Range = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
};
export const SAFE: Range = { low: Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER };
export const INT32: Range = { low: -(2 ** 31), high: 2 ** 31 - 1 };
export const UINT32: Range = { low: 0, high: 2 ** 32 - 1 };
export const UINT31: Range = { low: 0, high: 2 ** 31 - 1 };
export const BYTE: Range = { low: 0, high: 255 };
export const SIZE: Range = { low: 0, high: 2 ** 32 - 1 };
/**
 * What a variable that is only ever counted up or down in small steps can reach: to get beyond it, a
 * program would have to do nothing else for weeks.
 */
export const COUNTED: Range = { low: -(2 ** 52), high: 2 ** 52 };
export const STEP: Range = { low: -16, high: 16 };

/** Bounds that are too large to be exact become infinite. */
export function range(low: number, high: number): Range {
  return {
    low: low >= SAFE.low ? Math.min(low, SAFE.high) + 0 : Number.NEGATIVE_INFINITY,
    high: high <= SAFE.high ? Math.max(high, SAFE.low) + 0 : Number.POSITIVE_INFINITY,
  };
}

export const exactly = (value: bigint): Range => range(Number(value), Number(value));

export const isInside = (a: Range, b: Range): boolean => a.low >= b.low && a.high <= b.high;

export const isSame = (a: Range, b: Range): boolean => a.low === b.low && a.high === b.high;

export function hull(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

const LOWS = [0, -1, -128, -32768, INT32.low, COUNTED.low, SAFE.low];
const HIGHS = [0, 1, 127, 255, 32767, 65535, INT32.high, SIZE.high, COUNTED.high, SAFE.high];

/** A larger interval of which there are only a few, so that growing comes to an end. */
export function widen({ low, high }: Range): Range {
  return {
    low: LOWS.find((bound) => bound <= low) ?? Number.NEGATIVE_INFINITY,
    high: HIGHS.find((bound) => bound >= high) ?? Number.POSITIVE_INFINITY,
  };
}

// ---- arithmetic ------------------------------------------------------------------------------

export const add = (a: Range, b: Range): Range => range(a.low + b.low, a.high + b.high);

export const subtract = (a: Range, b: Range): Range => range(a.low - b.high, a.high - b.low);

export function multiply(a: Range, b: Range): Range {
  // 0 * Infinity is NaN, which as a bound would be 0.
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high].map((corner) =>
    Number.isNaN(corner) ? 0 : corner,
  );
  return range(Math.min(...corners), Math.max(...corners));
}

export const negative = ({ low, high }: Range): Range => range(-high, -low);

/** `a // b` where b is positive. */
export function floorDivide(a: Range, b: Range): Range {
  if (b.low < 1) return ANY_INT;
  const corners = [a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high].map((corner) =>
    Number.isNaN(corner) ? 0 : Math.floor(corner),
  );
  return range(Math.min(...corners), Math.max(...corners));
}

/** `a % b` has the sign of b. */
export function modulo(a: Range, b: Range): Range {
  if (b.low < 1) return ANY_INT;
  return a.low >= 0 ? range(0, Math.min(a.high, b.high - 1)) : range(0, b.high - 1);
}

export function shiftLeft(a: Range, b: Range): Range {
  if (b.low < 0 || b.high > 60) return ANY_INT;
  return multiply(a, range(2 ** b.low, 2 ** b.high));
}

export function shiftRight(a: Range, b: Range): Range {
  if (b.low < 0) return ANY_INT;
  return floorDivide(a, range(2 ** b.low, 2 ** Math.min(b.high, 1000)));
}

/** All bits that can be set, for values that are not negative. */
function mask(high: number): number {
  if (high > SAFE.high) return Number.POSITIVE_INFINITY;
  return high >= 2 ** 52 ? SAFE.high : 2 ** Math.ceil(Math.log2(high + 1)) - 1;
}

export function bitAnd(a: Range, b: Range): Range {
  if (a.low >= 0 && b.low >= 0) return range(0, Math.min(a.high, b.high));
  if (a.low >= 0) return range(0, a.high);
  if (b.low >= 0) return range(0, b.high);
  return bothSigned(a, b);
}

/** `|` and `^`. */
export function bitOr(a: Range, b: Range): Range {
  return a.low >= 0 && b.low >= 0 ? range(0, mask(Math.max(a.high, b.high))) : bothSigned(a, b);
}

function bothSigned(a: Range, b: Range): Range {
  return isInside(a, INT32) && isInside(b, INT32) ? INT32 : ANY_INT;
}
