/**
 * Python's complex numbers and their operators. operators.ts calls `complexOp` as soon as one operand
 * is complex; `complex()` is in builtins/numbers.ts, printing in float-repr.ts.
 */

import { SyntaxError, TypeError, ZeroDivisionError } from "../exception/exceptions.js";
import { hashFloat } from "../hash/hash-number.js";
import { hasFeature } from "../module/language-features.js";
import { BINARY, type BinaryOp, PRINT, UNARY, type UnaryOp } from "../slots.js";
import { toFloat, type Value } from "../values.js";
import { formatFloat } from "./float-repr.js";
import { complexOperand } from "./numbers.js";
import { REPR_PRECISION } from "./single-format.js";

export class Complex {
  constructor(
    readonly re: number,
    readonly im: number,
  ) {}

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    const other = complexOperand(right);
    return other === undefined ? undefined : complexOp(op, this, other);
  }

  [UNARY](op: UnaryOp): Value | undefined {
    switch (op) {
      case "__bool__":
        return this.re !== 0 || this.im !== 0;
      case "__hash__":
        return hashFloat(this.re) ^ hashFloat(this.im);
      case "__pos__":
      case "__complex__":
        return this;
      case "__neg__":
        return new Complex(-this.re, -this.im);
      case "__abs__":
        return toFloat(Math.sqrt(this.re * this.re + this.im * this.im));
      default:
        return undefined;
    }
  }

  [PRINT](): string {
    if (this.re === 0) return `${formatFloat(this.im, "g", REPR_PRECISION)}j`;
    const real = formatFloat(this.re, "g", REPR_PRECISION);
    return `(${real}${formatFloat(this.im, "g", REPR_PRECISION, "+")}j)`;
  }
}

/** `2j` */
export function imaginary(value: number): Complex {
  if (!hasFeature("complex")) throw new SyntaxError("complex values not supported");
  return new Complex(0, value);
}

/** Attributes that programs read: `z.real`, `z.imag`. */
export const complexAttributes: Record<string, (self: Complex) => Value> = {
  real: (self) => toFloat(self.re),
  imag: (self) => toFloat(self.im),
};

/** A complex number as `[BINARY]` of it and of the other numbers computes it. */
export function complexOp(op: BinaryOp, left: Complex, right: Complex): Value | undefined {
  switch (op) {
    case "__add__":
    case "__iadd__":
      return new Complex(left.re + right.re, left.im + right.im);
    case "__sub__":
    case "__isub__":
      return new Complex(left.re - right.re, left.im - right.im);
    case "__mul__":
    case "__imul__":
      return multiply(left, right);
    case "__floordiv__":
    case "__ifloordiv__":
      throw new TypeError("can't truncate-divide a complex number");
    case "__truediv__":
    case "__itruediv__":
      return divide(left, right);
    case "__pow__":
    case "__ipow__":
      return power(left, right);
    case "__eq__":
      return left.re === right.re && left.im === right.im;
    default:
      return undefined;
  }
}

function multiply(left: Complex, right: Complex): Complex {
  return new Complex(
    left.re * right.re - left.im * right.im,
    left.re * right.im + left.im * right.re,
  );
}

function divide(left: Complex, right: Complex): Complex {
  if (right.im === 0) {
    if (right.re === 0) throw new ZeroDivisionError("complex divide by zero");
    return new Complex(left.re / right.re, left.im / right.re);
  }
  if (right.re === 0) return new Complex(left.im / right.im, -left.re / right.im);
  const square = right.re * right.re + right.im * right.im;
  return multiply(left, new Complex(right.re / square, right.im / -square));
}

/** By way of exp(right * ln(left)), as MicroPython computes it. */
function power(left: Complex, right: Complex): Complex {
  const length = Math.sqrt(left.re * left.re + left.im * left.im);
  if (length === 0) {
    if (right.im === 0 && right.re >= 0) return new Complex(right.re === 0 ? 1 : 0, left.im);
    throw new ZeroDivisionError("0.0 to a complex power");
  }
  const log = Math.log(length);
  const angle = Math.atan2(left.im, left.re);
  const scale = Math.exp(right.re * log - right.im * angle);
  const turn = right.im * log + right.re * angle;
  return new Complex(scale * Math.cos(turn), scale * Math.sin(turn));
}
