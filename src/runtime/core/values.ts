/**
 * The representation of Python values: the one file that decides how they are stored.
 *
 *   None null | bool boolean | int number when safe, else bigint | float number when not integral,
 *   else a Float box | str string | tuple a tagged array | list a plain array | everything else an
 *   object with a class of its own.
 *
 * Every other file of the runtime asks here instead of looking at JavaScript types itself.
 */

/** Any Python value. `undefined` is not one: it marks unbound names and missing arguments. */
// biome-ignore lint/suspicious/noExplicitAny: Python values are dynamically typed.
export type Value = any;

/** A float whose value is an integer (`1.0`, `-0.0`, `1e300`), kept apart from the int of that value. */
export class Float {
  constructor(readonly value: number) {}
}

/** A Python int as emitted code declares it. Where analysis bounds an int, its type is `number`. */
export type Int = number | bigint;

/** A Python float, or an int where a float is expected. */
export type Real = number | bigint | Float;

/** Any JavaScript number as a Python float. */
export function toFloat(value: number): number | Float {
  return Number.isInteger(value) ? new Float(value) : value;
}

export function isFloat(value: Value): value is number | Float {
  return typeof value === "number" ? !Number.isInteger(value) : value instanceof Float;
}

/** int, without bool. */
export function isInt(value: Value): value is number | bigint {
  return typeof value === "number" ? Number.isInteger(value) : typeof value === "bigint";
}

/** The canonical int of a bigint: a number where it is safe. */
export function toInt(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** Marks an array as a tuple. */
export const TUPLE: unique symbol = Symbol("tuple");

/** `Tuple<[number, string]>`: a tuple of an int and a str. */
export type Tuple<Items extends readonly Value[] = Value[]> = Items & { [TUPLE]: true };

/** Tags a fresh array as a tuple, in place. */
export function asTuple(items: Value[]): Tuple {
  (items as Tuple)[TUPLE] = true;
  return items as Tuple;
}

/** The tuple display `(a, b)`. */
export function tup<Items extends Value[]>(...items: Items): Tuple<Items> {
  (items as Tuple<Items>)[TUPLE] = true;
  return items as Tuple<Items>;
}

export function isTuple(value: Value): value is Tuple {
  return Array.isArray(value) && (value as Tuple)[TUPLE] === true;
}

export function isList(value: Value): value is Value[] {
  return Array.isArray(value) && (value as Tuple)[TUPLE] !== true;
}

/** On a type: what is known about it (`TypeInfo`, core/class/type.ts). */
export const TYPE: unique symbol = Symbol("type");

/** On the prototype of everything whose attributes are plain JavaScript properties. */
export const INSTANCE: unique symbol = Symbol("instance");

/** On a bound method: the object it is bound to, and the function that takes it as `this`. */
export const SELF: unique symbol = Symbol("self");
export const FUNC: unique symbol = Symbol("func");

/** On a namedtuple: its type. */
export const NAMED: unique symbol = Symbol("named");

/** How a value whose attributes are no properties (a module) reads, stores and removes them. */
export const LOAD: unique symbol = Symbol("load");
export const SAVE: unique symbol = Symbol("save");
export const REMOVE: unique symbol = Symbol("remove");
/** The message when such a value lacks an attribute. */
export const MISSING: unique symbol = Symbol("missing");

/** Passed to a constructor instead of arguments: make the instance, do not initialise it. */
export const BARE: unique symbol = Symbol("bare");

/** The names JavaScript reserves on every object are stored with a `$` after them. */
export function mangle(name: string): string {
  return name === "constructor" || name === "__proto__" ? `${name}$` : name;
}

export function unmangle(name: string): string {
  return name === "constructor$" || name === "__proto__$" ? name.slice(0, -1) : name;
}
