/**
 * The numbers and tuples that describe a structure to `uctypes`: what they mean, and the sizes that
 * follow from them. Types are in the high bits of the number of an offset or a count.
 */

import { Dict } from "../core/container/dict.js";
import { TypeError } from "../core/exception/exceptions.js";
import { isInt, isTuple, type Value } from "../core/values.js";

export type Layout = 0 | 1 | 2;
export const LITTLE_ENDIAN = 0;
export const BIG_ENDIAN = 1;
export const NATIVE = 2;

/** In a descriptor's number: the type of a scalar, bits 27 to 30, or of an aggregate, bits 29 and 30. */
const SCALAR_SHIFT = 27;
const AGGREGATE_SHIFT = 29;
export const BF_POS = 17;
export const BF_LEN = 22;
/** Pointers of the boards that are simulated. */
export const POINTER_SIZE = 4;

/** By the number of the type: its code for memory, and its constant's name. */
export const SCALARS = [
  ["UINT8", "B"],
  ["INT8", "b"],
  ["UINT16", "H"],
  ["INT16", "h"],
  ["UINT32", "I"],
  ["INT32", "i"],
  ["UINT64", "Q"],
  ["INT64", "q"],
  ["BFUINT8", "B"],
  ["BFINT8", "b"],
  ["BFUINT16", "H"],
  ["BFINT16", "h"],
  ["BFUINT32", "I"],
  ["BFINT32", "i"],
  ["FLOAT32", "f"],
  ["FLOAT64", "d"],
] as const;

const FIRST_BIT_FIELD = 8;
const FLOAT32 = 14;
const AGGREGATES = ["struct", "pointer", "array"] as const;

/** The constant of a type: negative where its highest bit is set, as 31-bit numbers have it. */
export function scalarConstant(name: (typeof SCALARS)[number][0]): number {
  const number = SCALARS.findIndex(([known]) => known === name);
  return (number << (SCALAR_SHIFT + 1)) >> 1;
}

export function aggregateConstant(kind: (typeof AGGREGATES)[number]): number {
  return (AGGREGATES.indexOf(kind) << (AGGREGATE_SHIFT + 1)) >> 1;
}

export interface Scalar {
  /** For `itemType`. */
  readonly code: string;
  readonly size: number;
  /** What stands beside the type: an offset or a count. */
  readonly rest: number;
  /** The bits of a bit field. */
  readonly bits: { readonly position: number; readonly length: number } | null;
}

export function scalarOf(number: number): Scalar {
  const type = (number >> SCALAR_SHIFT) & 15;
  const code = SCALARS[type]?.[1] as string;
  const size = type === FLOAT32 ? 4 : 2 ** ((type & 7) >> 1);
  const rest = number & ((1 << SCALAR_SHIFT) - 1);
  if (type < FIRST_BIT_FIELD || type >= FLOAT32) return { code, size, rest, bits: null };
  const bits = { position: (rest >> BF_POS) & 31, length: (rest >> BF_LEN) & 31 };
  return { code, size, rest: rest & ((1 << BF_POS) - 1), bits };
}

export interface Aggregate {
  readonly kind: (typeof AGGREGATES)[number];
  readonly offset: number;
  /** Of a structure: its descriptor. Of a pointer: what it points to. Of an array: of the items. */
  readonly target: Value;
  /** The items of an array. */
  readonly count: number;
}

/** A tuple that describes; TypeError when it does not. */
export function aggregateOf(tuple: Value): Aggregate {
  if (!isTuple(tuple)) throw syntaxError();
  const [first, second, third] = tuple;
  if (tuple.length < 2 || !isInt(first)) throw syntaxError();
  const kind = AGGREGATES[(Number(first) >> AGGREGATE_SHIFT) & 3];
  const offset = Number(first) & ((1 << AGGREGATE_SHIFT) - 1);
  if (kind === undefined || tuple.length > (kind === "array" ? 3 : 2)) throw syntaxError();
  if (kind !== "array") return { kind, offset, target: second, count: 1 };
  if (!isInt(second)) throw syntaxError();
  const count = scalarOf(Number(second)).rest;
  return { kind, offset, target: tuple.length === 2 ? second : third, count };
}

interface Extent {
  size: number;
  /** The size of the largest scalar in it. */
  widest: number;
}

/** The size in memory of what a dict or a tuple describes. */
export function sizeOf(descriptor: Value, layout: Layout): number {
  return extentOf(descriptor, layout).size;
}

function extentOf(descriptor: Value, layout: Layout): Extent {
  if (isTuple(descriptor)) return aggregateExtent(aggregateOf(descriptor), layout);
  if (isInt(descriptor)) throw new TypeError("can't unambiguously get sizeof scalar");
  if (!(descriptor instanceof Dict)) throw syntaxError();
  const whole = { size: 0, widest: 0 };
  for (const field of descriptor.values()) include(whole, field, layout);
  // As a C compiler pads, so that structures can follow one another.
  if (layout === NATIVE && whole.widest > 0) {
    whole.size = Math.ceil(whole.size / whole.widest) * whole.widest;
  }
  return whole;
}

function include(whole: Extent, field: Value, layout: Layout): void {
  let end: number;
  let widest: number;
  if (isInt(field)) {
    const { rest, size } = scalarOf(Number(field));
    [end, widest] = [rest + size, size];
  } else {
    const aggregate = aggregateOf(field);
    const extent = aggregateExtent(aggregate, layout);
    [end, widest] = [aggregate.offset + extent.size, extent.widest];
  }
  whole.size = Math.max(whole.size, end);
  whole.widest = Math.max(whole.widest, widest);
}

function aggregateExtent({ kind, target, count }: Aggregate, layout: Layout): Extent {
  if (kind === "pointer") return { size: POINTER_SIZE, widest: POINTER_SIZE };
  if (kind === "struct") return extentOf(target, layout);
  const item = itemExtent(target, layout);
  return { size: item.size * count, widest: item.widest };
}

function itemExtent(target: Value, layout: Layout): Extent {
  if (!isInt(target)) return extentOf(target, layout);
  const { size } = scalarOf(Number(target));
  return { size, widest: size };
}

/** The size of what an array holds or a pointer points to. */
export function itemSize(target: Value, layout: Layout): number {
  return itemExtent(target, layout).size;
}

export function syntaxError(): TypeError {
  return new TypeError("syntax error in uctypes descriptor");
}
