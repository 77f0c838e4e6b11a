/**
 * The two forms of a function in a class: the method on the prototype, which takes `self` as `this`,
 * and the plain form that Python sees as `C.m`, which takes it as its first argument. And bound
 * methods, JavaScript functions that remember what they are bound to.
 */

import { apply } from "../call/call.js";
import {
  BUILTIN,
  type Callable,
  isBuiltinFunction,
  METHOD,
  SIGNATURE,
  signatureOf,
  signatureText,
  WRAPS,
} from "../call/signature.js";
import { asTuple, FUNC, SELF, type Value } from "../values.js";

/** On a method: its plain form. On a plain form: the method. */
const PLAIN: unique symbol = Symbol("plain form");
const OWN: unique symbol = Symbol("method form");

interface Linked {
  [PLAIN]?: Callable;
  [OWN]?: Callable;
  wait?: Callable;
}

/** `C.m` of the method `m`. */
export function plainForm(method: Callable): Callable {
  const linked = method as Callable & Linked;
  if (linked[PLAIN] !== undefined) return linked[PLAIN];
  const plain: Value = (self: Value, ...args: Value[]) => method.apply(self, args);
  const { wait } = linked;
  if (wait !== undefined) plain.wait = (self: Value, ...args: Value[]) => wait.apply(self, args);
  plain[WRAPS] = method;
  if (isBuiltinFunction(method)) plain[BUILTIN] = true;
  const text = signatureText(method);
  plain[SIGNATURE] = text === "" ? "self" : `self, ${text}`;
  plain[OWN] = method;
  linked[PLAIN] = plain;
  return plain;
}

/** The method that a plain function becomes when it is stored in a class. */
export function methodForm(plain: Callable): Callable {
  const linked = plain as Callable & Linked;
  if (linked[OWN] !== undefined) return linked[OWN];
  const text = signatureText(plain);
  const [method, signature] = takingThis(plain, text);
  const { wait } = linked;
  if (wait !== undefined) {
    method.wait = function (this: Value, ...args: Value[]): Value {
      return wait(this, ...args);
    };
  }
  method[METHOD] = true;
  method[WRAPS] = plain;
  method[SIGNATURE] = signature;
  method[PLAIN] = plain;
  linked[OWN] = method;
  return method;
}

/** A function that passes `this` on as the first positional argument, and its signature. */
function takingThis(plain: Callable, text: string): [Value, string] {
  if (/^[^*/]/.test(text)) {
    const method = function (this: Value, ...args: Value[]): Value {
      return plain(this, ...args);
    };
    return [method, text.replace(/^[^,]*(,\s*|$)/, "")];
  }
  if (/^\*\w+\s*,/.test(text)) {
    // `*args` is one tuple parameter when others follow it.
    const method = function (this: Value, args: Value[], ...others: Value[]): Value {
      return plain(asTuple([this, ...args]), ...others);
    };
    return [method, text];
  }
  const method = function (this: Value, ...args: Value[]): Value {
    return apply(plain, [this, ...args]);
  };
  return [method, "*args"];
}

/** `o.m`: the method with its `this`. */
export function bindMethod(self: Value, method: Callable): Callable {
  const bound: Value = (...args: Value[]) => method.apply(self, args);
  const { wait } = method as Linked;
  if (wait !== undefined) bound.wait = (...args: Value[]) => wait.apply(self, args);
  return mark(bound, self, method);
}

/** `x.m` of a builtin value type, whose methods take the value first. */
export function bindNative(self: Value, method: Callable): Callable {
  return mark((...args: Value[]) => method(self, ...args), self, method);
}

function mark(bound: Value, self: Value, method: Callable): Callable {
  bound[SELF] = self;
  bound[FUNC] = method;
  bound[SIGNATURE] = signatureOf(method);
  return bound;
}

export function isBoundMethod(value: Value): boolean {
  return typeof value === "function" && value[FUNC] !== undefined;
}

/** Bound methods are equal when they bind the same method to the same object. */
export function sameMethod(left: Value, right: Value): boolean {
  return left[FUNC] === right[FUNC] && left[SELF] === right[SELF];
}
