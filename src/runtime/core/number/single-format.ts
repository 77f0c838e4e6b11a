/**
 * Floats of single precision as text, with the arithmetic that MicroPython has for it on boards (py/formatfloat.c,
 * `mp_decimal_exp` in py/parsenum.c): digits are tried until a text reads back as the same float, and where that
 * arithmetic is not exact neither is the text. `formatFloat` uses it for boards whose floats are single.
 */

export type FloatFormat = "e" | "f" | "g";

/**
 * The floats of a board: `short` ones have two bits less than single ones (MICROPY_OBJ_REPR_C), and their last
 * digits are not searched for (MICROPY_FLOAT_FORMAT_IMPL_BASIC).
 */
export type FloatPrecision = "double" | "single" | "short";

const MOST_DIGITS = 9;
const SAFE_DIGITS = 6;
/** Of an exponent, "e+38", with the digit and the point before it. */
const EXPONENT_SPACE = 7;
/** Powers of five up to this are exact. */
const EXACT_FIVES = 10;
/** A mantissa that is longer takes no more digits. */
const MANTISSA_MAX = 0x19999998;
/** The precision that asks for the shortest text which reads back as the same float. */
export const REPR_PRECISION = 99;
const LOG10_2 = Math.fround(0.3010299956639812);

const bytes = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));
const single = Math.fround;

function bitsOf(value: number): number {
  bytes.setFloat32(0, value);
  return bytes.getUint32(0);
}

function fromBits(bits: number): number {
  bytes.setUint32(0, bits >>> 0);
  return bytes.getFloat32(0);
}

/** `value * 10 ** exponent`: the power of two goes into the exponent's bits, the one of five is multiplied. */
function scaled(value: number, exponent: number): number {
  if (exponent === 0 || value === 0) return value;
  const bits = bitsOf(value);
  const power = ((bits >>> 23) + exponent) & 0xff;
  const shifted = fromBits((bits & 0x807fffff) | (power << 23));
  const divides = exponent < 0 && exponent >= -EXACT_FIVES;
  return divides
    ? single(shifted / single(5 ** -exponent))
    : single(shifted * single(5 ** exponent));
}

/** The power of ten of the leading digit. */
function leadingPower(value: number): number {
  if (value === 0) return 0;
  let power = Math.trunc(single(((bitsOf(value) >>> 23) - 127) * LOG10_2));
  const up = value >= 1 ? 1 : 0;
  while (value >= scaled(1, power + up) === (up === 1)) power += up === 1 ? 1 : -1;
  return power;
}

/** What MicroPython's parser makes of a text of its own. */
function parsed(text: string): number {
  let [mantissa, power, exponent] = [0, 0, 0];
  let [zeros, fractionZeros] = [0, 0];
  let inFraction = false;
  const accept = (digit: number, isFraction: boolean): void => {
    if (mantissa < MANTISSA_MAX) {
      mantissa = 10 * mantissa + digit;
      if (isFraction) power--;
    } else if (!isFraction) power++;
  };
  const [digits = "", written] = text.split("e");
  for (const letter of digits) {
    if (letter === ".") {
      inFraction = true;
      continue;
    }
    const digit = Number(letter);
    if (digit === 0 || mantissa >= MANTISSA_MAX) {
      if (inFraction) fractionZeros++;
      else zeros++;
      continue;
    }
    for (; zeros > 0; zeros--) accept(0, false);
    for (; fractionZeros > 0; fractionZeros--) accept(0, true);
    accept(digit, inFraction);
  }
  if (written !== undefined) exponent = Number(written);
  return scaled(single(mantissa), exponent + power + zeros);
}

/** How a number is laid out, before its digits are known. */
interface Layout {
  readonly format: FloatFormat;
  readonly power: number;
  /** `g` writes zeros up to this power, and an exponent beyond. */
  readonly exponentFrom: number;
  readonly mostDigits: number;
  /** Of `f` below one: zeros that are no digits. */
  readonly leadingZeros: number;
  readonly trailingZeros: number;
  /** The last two bits do not count, and digits are as the first attempt has them. */
  readonly isShort: boolean;
}

/** The nearest value that a board with such floats has. */
export function asShown(value: number, precision: FloatPrecision): number {
  if (precision === "double" || !Number.isFinite(value)) return value;
  const rounded = single(value);
  if (precision === "single" || !Number.isFinite(rounded)) return rounded;
  // Two bits are not kept; those before them are read in their place.
  const bits = bitsOf(rounded) & ~3;
  return fromBits(bits | ((bits >>> 2) & 3));
}

/** `value` is positive and finite, `format` in lower case; `capacity` is the room for all of the text. */
export function formatSingle(
  value: number,
  format: FloatFormat,
  precision: number,
  capacity: number,
  isShort: boolean,
): string {
  const layout = { ...layoutOf(value, format, precision < 0 ? 6 : precision, capacity), isShort };
  let digits = Math.min(SAFE_DIGITS, layout.mostDigits);
  for (;;) {
    const [text, isExact] = search(value, layout, digits);
    if (isExact || digits >= layout.mostDigits) return text;
    digits++;
  }
}

function layoutOf(
  value: number,
  wanted: FloatFormat,
  wantedPrecision: number,
  capacity: number,
): Omit<Layout, "isShort"> {
  let [format, precision] = [wanted, wantedPrecision];
  let exponentFrom = Math.min(precision, capacity - 3);
  if (precision === REPR_PRECISION) [precision, exponentFrom] = [MOST_DIGITS, 16];
  const power = leadingPower(value);
  if (format === "f" && power > 0 && power + precision + 2 > capacity) {
    [format, precision] = ["g", precision + 1];
  }
  let [digits, leadingZeros] = [precision, 0];
  if (format === "f") {
    digits = Math.min(digits, capacity - 3);
    if (power >= 0) digits += power + 1;
    else if (digits > 2 && power < -2) {
      leadingZeros = Math.min(-power, digits) - 2;
      digits -= leadingZeros;
    } else digits++;
  } else if (format === "e" || digits === 0) digits++;
  const mostDigits = Math.min(digits, MOST_DIGITS);
  const room = capacity - mostDigits - (format === "f" ? 3 : EXPONENT_SPACE);
  const trailingZeros = Math.min(digits - mostDigits, room);
  return { format, power, exponentFrom, mostDigits, leadingZeros, trailingZeros };
}

/** The text with so many digits that reads back as the value, or the nearest that was found. */
function search(value: number, layout: Layout, digits: number): [string, boolean] {
  let mantissa = firstMantissa(value, layout, digits);
  let text = write(mantissa, layout, digits);
  const difference = (): number => {
    const read = parsed(text);
    return layout.isShort ? single(counted(read) - counted(value)) : single(read - value);
  };
  let off = difference();
  if (layout.isShort) return [text, off === 0];
  let [best, bestOff] = [mantissa, off];
  let step = digits > SAFE_DIGITS ? 1 << (3 * (digits - SAFE_DIGITS)) : 1;
  let runs = 3 + 3 * (MOST_DIGITS - SAFE_DIGITS);
  while (off !== 0 && runs-- > 0) {
    mantissa += off < 0 ? step : -step;
    text = write(mantissa, layout, digits);
    off = difference();
    if (off === 0) break;
    const change = single(Math.abs(off) - Math.abs(bestOff));
    if (change < 0 || (change === 0 && mantissa % 10 === 0)) [best, bestOff] = [mantissa, off];
    if (step === 1) return [write(best, layout, digits), false];
    step >>= 1;
  }
  return [text, true];
}

const counted = (value: number): number => fromBits(bitsOf(value) & ~3);

function firstMantissa(value: number, { format, power, leadingZeros }: Layout, digits: number) {
  if (value === 0) return 0;
  let exponent = digits - 1 - power;
  if (format === "f" && power < 0)
    exponent = digits - 1 + (leadingZeros > 0 ? leadingZeros + 1 : 0);
  let factor = 1;
  // The last digits come from whole numbers.
  if (digits > SAFE_DIGITS && exponent > 1) {
    const two = digits > SAFE_DIGITS + 1 && exponent > 2;
    factor = two ? 100 : 10;
    exponent -= two ? 2 : 1;
  }
  return factor * Math.trunc(single(scaled(value, exponent) + 0.5));
}

function write(wanted: number, layout: Layout, wantedDigits: number): string {
  const { format, exponentFrom, leadingZeros } = layout;
  let [mantissa, digits, power] = [wanted, wantedDigits, layout.power];
  let zeros = layout.trailingZeros + layout.mostDigits - digits;
  let before = "";
  /** How many digits stand before the point, less one. */
  let point = 0;
  if (format === "f" && power >= 0) point = power;
  if (format === "f" && power < 0 && leadingZeros > 0) {
    before = `0.${"0".repeat(leadingZeros)}`;
    point = 255;
  }
  if (mantissa !== 0 && mantissa >= 10 ** digits) {
    if (format === "f") {
      digits++;
      point++;
    } else {
      mantissa = Math.trunc(mantissa / 10);
      power++;
    }
  }
  if (format === "g" && power > 0 && power < exponentFrom) {
    point += power;
    if (point >= digits) zeros = point - (digits - 1);
    power = 0;
  } else if (format === "g" && power < 0 && power >= -4) {
    before = `0.${"0".repeat(-power - 1)}`;
    for (; power < 0 && mantissa % 10 === 0; power++) {
      mantissa = Math.trunc(mantissa / 10);
      digits--;
    }
    point = 255;
    power = 0;
  }
  let text = String(mantissa).padStart(digits, "0").slice(-digits);
  if (point + 1 < digits) text = `${text.slice(0, point + 1)}.${text.slice(point + 1)}`;
  text = before + text;
  for (let place = point - (digits - 1); zeros > 0; zeros--, place--) {
    if (place === 0) text += ".";
    text += "0";
  }
  if (format === "g" && text.includes(".")) text = text.replace(/\.?0+$/, "");
  if (format === "f" || (format === "g" && power === 0)) return text;
  const sign = power < 0 ? "-" : "+";
  return `${text}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}
