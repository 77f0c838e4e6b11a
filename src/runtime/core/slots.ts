/**
 * The protocols of runtime classes: a class that takes part in operators, printing, subscripting or
 * the buffer protocol has methods under these symbols. operators.ts, repr.ts, items.ts and buffer.ts
 * call them, and so need not know the classes.
 */

import type { Value } from "./values.js";

export const BINARY: unique symbol = Symbol("binary");
export const UNARY: unique symbol = Symbol("unary");
export const PRINT: unique symbol = Symbol("print");
export const GETITEM: unique symbol = Symbol("getitem");
export const SETITEM: unique symbol = Symbol("setitem");
export const DELITEM: unique symbol = Symbol("delitem");
export const BUFFER: unique symbol = Symbol("buffer");
/** Where an instance of `class MyList(list)` keeps the native value it stands for. */
export const NATIVE: unique symbol = Symbol("native");

/** Set on prototypes of sequences (bytes) to which `int * x` hands over. */
export const REPEATABLE: unique symbol = Symbol("repeatable");

/** Operators that have a reflected (`__radd__`) and an in-place (`__iadd__`) form. */
export type ArithmeticOp =
  | "__add__"
  | "__sub__"
  | "__mul__"
  | "__matmul__"
  | "__truediv__"
  | "__floordiv__"
  | "__mod__"
  | "__pow__"
  | "__lshift__"
  | "__rshift__"
  | "__and__"
  | "__or__"
  | "__xor__";

export type CompareOp = "__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__";

type Prefixed<Prefix extends string, Op extends string> = Op extends `__${infer Name}`
  ? `__${Prefix}${Name}`
  : never;

export type ReflectedOp = Prefixed<"r", ArithmeticOp>;
export type InplaceOp = Prefixed<"i", ArithmeticOp>;

/** What `[BINARY](op, right)` is asked; `"__contains__"` means `right in this`. */
export type BinaryOp =
  | ArithmeticOp
  | ReflectedOp
  | InplaceOp
  | CompareOp
  | "__divmod__"
  | "__contains__";

/** What `[UNARY](op)` is asked. */
export type UnaryOp =
  | "__neg__"
  | "__pos__"
  | "__invert__"
  | "__abs__"
  | "__bool__"
  | "__len__"
  | "__hash__"
  | "__int__"
  | "__float__"
  | "__complex__";

/** How a value is printed: for people, as source text, or as JSON. */
export type PrintKind = "str" | "repr" | "json";

/** A view of raw memory: bytes and the type code of its items. */
export interface Buffer {
  bytes: Uint8Array;
  typecode: string;
}

/** The slots an object may have; `undefined` results mean that the operation is not supported. */
export interface Slots {
  [BINARY]?(op: BinaryOp, right: Value): Value | undefined;
  [UNARY]?(op: UnaryOp): Value | undefined;
  [PRINT]?(kind: PrintKind): string;
  [GETITEM]?(key: Value): Value | undefined;
  [SETITEM]?(key: Value, value: Value): true | undefined;
  [DELITEM]?(key: Value): true | undefined;
  [BUFFER]?(write: boolean): Buffer | null;
}
