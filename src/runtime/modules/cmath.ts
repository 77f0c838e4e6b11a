/** The `cmath` module. */

import { def } from "../core/call/signature.js";
import { Complex } from "../core/number/complex.js";
import { asComplex, asNumber } from "../core/number/numbers.js";
import { toFloat, tup, type Value } from "../core/values.js";

export const e = Math.E;
export const pi = Math.PI;

function absolute({ re, im }: Complex): number {
  return Math.sqrt(re * re + im * im);
}

function unary(name: string, f: (z: Complex) => Value) {
  return def((z: Value): Value => f(asComplex(z)), "z, /", name);
}

export const phase = unary("phase", ({ re, im }) => toFloat(Math.atan2(im, re)));

export const polar = unary("polar", (z) =>
  tup(toFloat(absolute(z)), toFloat(Math.atan2(z.im, z.re))),
);

export const rect = def(function rect(r: Value, phi: Value): Value {
  const length = asNumber(r);
  const angle = asNumber(phi);
  return new Complex(length * Math.cos(angle), length * Math.sin(angle));
}, "r, phi, /");

export const exp = unary("exp", ({ re, im }) => {
  const length = Math.exp(re);
  return new Complex(length * Math.cos(im), length * Math.sin(im));
});

export const log = unary(
  "log",
  ({ re, im }) => new Complex(0.5 * Math.log(re * re + im * im), Math.atan2(im, re)),
);

export const log10 = unary(
  "log10",
  ({ re, im }) =>
    new Complex(0.5 * Math.log10(re * re + im * im), Math.LOG10E * Math.atan2(im, re)),
);

export const sqrt = unary("sqrt", ({ re, im }) => {
  const length = (re * re + im * im) ** 0.25;
  const angle = 0.5 * Math.atan2(im, re);
  return new Complex(length * Math.cos(angle), length * Math.sin(angle));
});

export const cos = unary(
  "cos",
  ({ re, im }) => new Complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im)),
);

export const sin = unary(
  "sin",
  ({ re, im }) => new Complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im)),
);
