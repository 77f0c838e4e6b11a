/**
 * Binding of arguments to the parameters of a function, with MicroPython's messages: those of
 * functions of a program ("f() takes 1 positional arguments but 2 were given") and those of builtin
 * ones, which check in other words. call.ts comes here when a call cannot be made as it stands.
 */

import { Dict } from "../container/dict.js";
import { isDetailed } from "../exception/error-detail.js";
import { TypeError } from "../exception/exceptions.js";
import { index } from "../number/numbers.js";
import { asTuple, type Value } from "../values.js";
import type { Signature } from "./signature.js";

/** On keyword arguments: a name that stood there twice. */
export const REPEATED: unique symbol = Symbol("repeated");

/** Keyword arguments of one call, by name. */
export type Kwargs = Readonly<Record<string, Value>> & { readonly [REPEATED]?: string };

/** The JavaScript arguments that the function is to be called with. */
export function bindArguments(
  signature: Signature,
  args: Value[],
  kwargs: Kwargs | undefined,
): Value[] {
  const own = signature.ofPort();
  if (own !== undefined) return inOrderOf(signature, own, bindArguments(own, args, kwargs));
  const names = kwargs === undefined ? [] : Object.keys(kwargs);
  if (names.length === 0 && args.length >= signature.least && args.length <= signature.most) {
    return args;
  }
  const slots: Value[] = args.slice(0, signature.positional);
  while (slots.length < signature.names.length) slots.push(undefined);
  const extra = signature.keywords ? Dict.reserving(names.length) : null;
  // Builtin functions see the keywords as they stand in the call.
  if (extra !== null) extra.ordered = signature.builtin;
  if (signature.builtin) fillBuiltin(signature, slots, args, names, kwargs as Kwargs, extra);
  else fill(signature, slots, args, names, kwargs as Kwargs, extra);
  return arrange(signature, slots, args, extra);
}

/** What a port's own signature made of the arguments, as the JavaScript parameters stand. */
function inOrderOf(signature: Signature, own: Signature, bound: Value[]): Value[] {
  const slots: Value[] = signature.names.map((name) => bound[own.names.indexOf(name)]);
  return arrange(signature, slots, [], null);
}

/** Puts bound values into the order of the JavaScript parameters. */
function arrange(signature: Signature, slots: Value[], args: Value[], extra: Dict | null): Value[] {
  if (signature.star) {
    const rest = args.slice(signature.positional);
    const last = extra === null && slots.length === signature.positional;
    if (last) slots.push(...rest);
    else slots.splice(signature.positional, 0, asTuple(rest));
  }
  if (extra !== null) slots.push(extra);
  return slots;
}

function fill(
  signature: Signature,
  slots: Value[],
  args: Value[],
  names: string[],
  kwargs: Kwargs,
  extra: Dict | null,
): void {
  const { positional, required } = signature;
  if (args.length > positional && !signature.star) throw miscounted(signature, positional, args);
  const byName = names.length > 0 || signature.defaultsKeywords;
  if (!byName) {
    if (args.length < required) throw miscounted(signature, required, args);
    if (signature.names.length > positional) {
      throw new TypeError("function missing keyword-only argument");
    }
    return;
  }
  for (const name of names) {
    const at = signature.names.indexOf(name);
    if (at >= 0) {
      if (slots[at] !== undefined) throw givenTwice(name);
      slots[at] = kwargs[name];
    } else if (extra !== null) {
      extra.set(name, kwargs[name]);
    } else {
      throw new TypeError(`unexpected keyword argument '${name}'`);
    }
  }
  if (kwargs?.[REPEATED] !== undefined) throw givenTwice(kwargs[REPEATED]);
  for (let at = required - 1; at >= 0; at--) {
    if (slots[at] === undefined) {
      const number = at + signature.self;
      throw new TypeError(`function missing required positional argument #${number}`);
    }
  }
  for (let at = positional; at < slots.length; at++) {
    if (slots[at] === undefined && !signature.optional[at]) {
      throw new TypeError(`function missing required keyword argument '${signature.names[at]}'`);
    }
  }
}

function givenTwice(name: string): TypeError {
  return new TypeError(`function got multiple values for argument '${name}'`);
}

function miscounted(signature: Signature, expected: number, args: Value[]): TypeError {
  const named = isDetailed() ? `${signature.name}()` : "function";
  const takes = `${named} takes ${expected + signature.self} positional arguments`;
  return new TypeError(`${takes} but ${args.length + signature.self} were given`);
}

function fillBuiltin(
  signature: Signature,
  slots: Value[],
  args: Value[],
  names: string[],
  kwargs: Kwargs,
  extra: Dict | null,
): void {
  const { positional, counted } = signature;
  if (signature.dropsKeywords) {
    checkCount(signature, args.length);
    return;
  }
  const keywordOnly = signature.names.length > positional;
  if (signature.positionalOnly) {
    if (names.length > 0) throw new TypeError("function doesn't take keyword arguments");
    checkCount(signature, args.length);
    return;
  }
  if (signature.omissible && names.length === 0 && args.length === signature.nameless) return;
  if (args.length < counted && (keywordOnly || extra !== null || signature.nameless > 0)) {
    const count = counted - args.length;
    throw new TypeError(`function missing ${count} required positional arguments`);
  }
  let found = 0;
  for (let at = 0; at < slots.length; at++) {
    const name = signature.names[at] as string;
    if (at >= positional && at < args.length && !signature.star) break;
    if (slots[at] === undefined && at >= signature.nameless && names.includes(name)) {
      slots[at] = kwargs[name];
      found++;
    }
    if (slots[at] === undefined && !signature.optional[at]) {
      throw new TypeError(`'${name}' argument required`);
    }
    if (signature.ints[at] && slots[at] !== undefined) index(slots[at]);
  }
  if (args.length > positional && !signature.star) {
    throw new TypeError("extra positional arguments given");
  }
  if (extra !== null) {
    for (const name of names) {
      if (!signature.names.includes(name)) extra.set(name, kwargs[name]);
    }
  } else if (found < names.length || kwargs?.[REPEATED] !== undefined) {
    throw new TypeError("extra keyword arguments given");
  }
}

function checkCount(signature: Signature, count: number): void {
  const least = signature.required + signature.self;
  const most = signature.positional + signature.self;
  const given = count + signature.self;
  if (least === most && !signature.star) {
    if (given !== least) {
      throw new TypeError(`function takes ${least} positional arguments but ${given} were given`);
    }
  } else if (given < least) {
    throw new TypeError(`function missing ${least - given} required positional arguments`);
  } else if (given > most && !signature.star) {
    throw new TypeError(`function expected at most ${most} arguments, got ${given}`);
  }
}
