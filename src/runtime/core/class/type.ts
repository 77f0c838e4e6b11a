/**
 * Types: what `type(x)` is, and what is known about a type.
 *
 * A type is an ES class or, for builtin value types, a plain function (`int`, `list`, ...). Both
 * carry a `TypeInfo` under `TYPE`; that of the plain functions comes from builtin-types.ts.
 */

import { type Callable, isBuiltinFunction, signatureOf, WRAPS } from "../call/signature.js";
import { MemoryView } from "../memory/memoryview.js";
import { Complex } from "../number/complex.js";
import { NATIVE } from "../slots.js";
import { ByteArray } from "../text/bytearray.js";
import { Bytes } from "../text/bytes.js";
import { Float, FUNC, INSTANCE, NAMED, TUPLE, type Tuple, TYPE, type Value } from "../values.js";
import {
  BoundMethod,
  bool,
  builtinFunctionTypes,
  bytearray,
  bytes,
  complex,
  ellipsisType,
  FunctionType,
  float,
  Generator,
  GeneratorFunction,
  int,
  list,
  memoryview,
  NoneType,
  notImplementedType,
  str,
  tuple,
  type,
  typeInfos,
} from "./builtin-types.js";
import { PyObject } from "./object.js";
import { Ellipsis, NotImplemented } from "./singletons.js";

/** A Python type: an ES class or a plain function with type info. */
// biome-ignore lint/suspicious/noExplicitAny: any class, any callable.
export type Type = any;

/** A class whose instances TypeScript knows nothing of. */
export type Constructor = new (...args: Value[]) => Value;

export interface TypeInfo {
  name: string;
  /** The base classes; none stands for `object`. */
  bases: readonly Type[];
  /** On a class that only represents values: their Python type. */
  represents?: () => Type;
  /** Methods of a builtin value type: functions that take the value first. */
  methods?: Readonly<Record<string, Callable>>;
  /** Computed attributes of a builtin value type. */
  attributes?: Readonly<Record<string, (self: Value) => Value>>;
  /** What the type itself offers beside its methods: `dict.fromkeys`, `int.from_bytes`. */
  statics?: Readonly<Record<string, Value>>;
  /** Its values are iterators: they have `__next__`. */
  iterator?: boolean;
  /** It cannot be called or subclassed. */
  abstract?: boolean;
  /** A class of the runtime: its instances take no new attributes. */
  builtin?: boolean;
  /** Plain properties of the instances of a class of the runtime that programs know. */
  fields?: readonly string[];

  // ES classes only; class.ts fills these in.
  module?: string;
  /** Names of the class body in the order in which they are first set there. */
  order?: readonly string[];
  doc?: string | undefined;
  /** Class attributes, inherited ones too, that are properties or descriptors. */
  accessors?: Set<string>;
  /** The class or a base has `__setattr__` or `__delattr__`. */
  hooked?: boolean;
  /** Made from an OrderedDict, whose order `__dict__` keeps. */
  ordered?: boolean;
  /** What inherits from this class: to be told when it gets its first accessors and hooks. */
  heirs?: Set<TypeInfo>;
  /** The running program has made such a class. */
  extended?: boolean;
  /** Values that were stored as class attributes and look different on the prototype. */
  members?: Map<string, Value>;
  /** Classes made by `mixin` that copy this one's attributes. */
  mixins?: Set<Type>;
  /** A class between a program's class and its Python bases: `typeOf` never yields it. */
  hidden?: boolean;
  /** The builtin value type that instances wrap. */
  native?: Type;
  ancestors?: ReadonlySet<Type>;
  wrapper?: Type;
}

const generatorConstructor = Object.getPrototypeOf(function* () {});

/** The type of any value: Python's `type(x)`. */
export function typeOf(value: Value): Type {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? int : float;
    case "string":
      return str;
    case "boolean":
      return bool;
    case "object":
      return value === null ? NoneType : typeOfObject(value);
    case "function":
      return typeOfFunction(value);
    case "bigint":
      return int;
    default:
      return NoneType;
  }
}

function typeOfObject(value: Value): Type {
  if (Array.isArray(value)) {
    return (value as Tuple)[TUPLE] === true ? ((value as Value)[NAMED] ?? tuple) : list;
  }
  const made = value.constructor;
  if (typeof made === "function") {
    const info: TypeInfo | undefined = made[TYPE];
    if (info !== undefined) return info.represents === undefined ? made : info.represents();
    if (value instanceof Float) return float;
    if (value instanceof Bytes) return bytes;
    if (value instanceof ByteArray) return bytearray;
    if (value instanceof MemoryView) return memoryview;
    if (value instanceof Complex) return complex;
    if (value === NotImplemented) return notImplementedType;
    if (value === Ellipsis) return ellipsisType;
  }
  return isGenerator(value) ? Generator : PyObject;
}

function typeOfFunction(value: Value): Type {
  if (value[FUNC] !== undefined) return BoundMethod;
  if (isType(value)) return type;
  if (isBuiltinFunction(value)) return builtinFunctionType(value);
  if (value.wait !== undefined) return FunctionType;
  const written = value[WRAPS] ?? value;
  return Object.getPrototypeOf(written) === generatorConstructor ? GeneratorFunction : FunctionType;
}

/** One of five, by how many arguments it takes. */
function builtinFunctionType(fn: Callable): Type {
  const { names, required, least, most } = signatureOf(fn);
  const isFixed = names.length === required && least === most && most < OTHER_ARITY;
  return builtinFunctionTypes[isFixed ? most : OTHER_ARITY];
}

const OTHER_ARITY = 4;

/** A native generator: what emitted generators and coroutines are. */
export function isGenerator(value: Value): value is Generator<Value, Value, Value> {
  return (
    typeof value === "object" &&
    value !== null &&
    (value.constructor === generatorConstructor ||
      (value[Symbol.toStringTag] === "Generator" && typeof value.throw === "function"))
  );
}

export function isType(value: Value): boolean {
  return infoOf(value) !== undefined;
}

/** `callable(x)` */
export function isCallable(value: Value): boolean {
  if (typeof value === "function") return true;
  if (!isInstance(value)) return false;
  return typeof value.__call__ === "function" || isCallable(value[NATIVE]);
}

/** What is known about a type; undefined when the value is not one. */
export function infoOf(value: Value): TypeInfo | undefined {
  if (typeof value !== "function") return undefined;
  const info: TypeInfo | undefined = value[TYPE];
  if (info !== undefined) return info.represents === undefined ? info : undefined;
  return typeInfos().get(value);
}

/** The name of a value's type, as messages say it. */
export function typeName(value: Value): string {
  const info = infoOf(typeOf(value));
  return info === undefined ? "object" : info.name;
}

/** The name of a type. */
export function nameOf(type: Type): string {
  return infoOf(type)?.name ?? "object";
}

/** Whether attributes of the value are plain JavaScript properties. */
export function isInstance(value: Value): boolean {
  return typeof value === "object" && value !== null && value[INSTANCE] === true;
}

function ancestorsOf(type: Type): ReadonlySet<Type> {
  const info = infoOf(type);
  if (info === undefined) return new Set();
  if (info.ancestors !== undefined) return info.ancestors;
  const found = new Set<Type>();
  for (const base of info.bases) {
    found.add(base);
    for (const ancestor of ancestorsOf(base)) found.add(ancestor);
  }
  info.ancestors = found;
  return found;
}

/** `issubclass` of two types. */
export function isSubclass(type: Type, ancestor: Type): boolean {
  return type === ancestor || ancestor === PyObject || ancestorsOf(type).has(ancestor);
}
