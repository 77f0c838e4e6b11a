/**
 * The builtin types with their methods, as Python has them: `str.split(text, ",")`. Emitted code calls the
 * methods so where it is certain what the value is; they take it first, check nothing of it, and know no
 * keywords. What they are is in the tables of each type (`core/text/str-methods.ts` and its like); here they get
 * their TypeScript types.
 */

import type { Callable } from "../core/call/signature.js";
import type { Dict } from "../core/container/dict.js";
import { dictMethods, fromkeys, dict as plainDict } from "../core/container/dict-type.js";
import type { DictView } from "../core/container/dict-view.js";
import { listMethods, list as plainList } from "../core/container/list.js";
import type { FrozenSet, PySet } from "../core/container/set.js";
import {
  frozensetMethods,
  frozenset as plainFrozenset,
  set as plainSet,
  setMethods,
} from "../core/container/set-type.js";
import { tuple as plainTuple, tupleMethods } from "../core/container/tuple.js";
import type { ByteArray } from "../core/text/bytearray.js";
import type { Bytes } from "../core/text/bytes.js";
import {
  bytearrayMethods,
  bytearrayStatics,
  bytesMethods,
  bytesStatics,
} from "../core/text/bytes-methods.js";
import { strMethods } from "../core/text/str-methods.js";
import type { Int, Tuple, Value } from "../core/values.js";
import { intMethods, intStatics, int as plainInt } from "./numbers.js";
import { bytearray as plainBytearray, bytes as plainBytes, str as plainStr } from "./strings.js";

/** What str, bytes and bytearray have in common; `Part`: what is left of such a text, if anything. */
interface TextMethods<T, Part = T> {
  center(self: T, width: Value): T;
  count(self: T, sub: Value, start?: Value, end?: Value): number;
  endswith(self: T, suffix: Value, start?: Value, end?: Value): boolean;
  find(self: T, sub: Value, start?: Value, end?: Value): number;
  format(self: T, args?: Tuple, keywords?: Dict): T;
  index(self: T, sub: Value, start?: Value, end?: Value): number;
  isalpha(self: T): boolean;
  isdigit(self: T): boolean;
  islower(self: T): boolean;
  isspace(self: T): boolean;
  isupper(self: T): boolean;
  join(self: T, items: Value): T;
  lower(self: T): T;
  lstrip(self: T, chars?: Value): Part;
  partition(self: T, separator: Value): Tuple<[Part, Part, Part]>;
  replace(self: T, old: Value, replacement: Value, count?: Value): T;
  rfind(self: T, sub: Value, start?: Value, end?: Value): number;
  rindex(self: T, sub: Value, start?: Value, end?: Value): number;
  rpartition(self: T, separator: Value): Tuple<[Part, Part, Part]>;
  rsplit(self: T, separator?: Value, maxsplit?: Value): T[];
  rstrip(self: T, chars?: Value): Part;
  split(self: T, separator?: Value, maxsplit?: Value): T[];
  splitlines(self: T, keepends?: Value): T[];
  startswith(self: T, prefix: Value, start?: Value, end?: Value): boolean;
  strip(self: T, chars?: Value): Part;
  upper(self: T): T;
}

interface StrMethods extends TextMethods<string> {
  encode(self: string, encoding?: Value, errors?: Value): Bytes;
}

interface ByteStringMethods<T, Part = T> extends TextMethods<T, Part> {
  decode(self: T, encoding?: Value, errors?: Value): string;
  fromhex(digits: Value): T;
  hex(self: T, separator?: Value): string;
}

interface ByteArrayMethods extends ByteStringMethods<ByteArray, ByteArray | Bytes> {
  append(self: ByteArray, value: Value): null;
  extend(self: ByteArray, items: Value): null;
}

interface IntMethods {
  from_bytes(bytes: Value, byteorder?: Value, signed?: Value): Value;
  to_bytes(self: Int, length?: Value, byteorder?: Value, signed?: Value): Bytes;
}

interface SequenceMethods {
  count(self: readonly Value[], value: Value): number;
  index(self: readonly Value[], value: Value, start?: Value, stop?: Value): number;
}

interface ListMethods extends SequenceMethods {
  append(self: Value[], item: Value): null;
  clear(self: Value[]): null;
  copy<T>(self: T[]): T[];
  extend(self: Value[], items: Value): null;
  insert(self: Value[], index: Value, item: Value): null;
  pop<T>(self: T[], index?: Value): T;
  remove(self: Value[], value: Value): null;
  reverse(self: Value[]): null;
  sort(self: Value[], key?: Value, reverse?: Value): null;
}

interface DictMethods {
  clear(self: Dict): null;
  copy<K, V>(self: Dict<K, V>): Dict<K, V>;
  fromkeys(keys: Value, value?: Value): Dict;
  get<K, V>(self: Dict<K, V>, key: Value): V | null;
  get<K, V, D>(self: Dict<K, V>, key: Value, fallback: D): V | D;
  items(self: Dict): DictView;
  keys(self: Dict): DictView;
  pop<K, V>(self: Dict<K, V>, key: Value): V;
  pop<K, V, D>(self: Dict<K, V>, key: Value, fallback: D): V | D;
  popitem<K, V>(self: Dict<K, V>): Tuple<[K, V]>;
  setdefault<K, V>(self: Dict<K, V>, key: Value): V | null;
  setdefault<K, V, D>(self: Dict<K, V>, key: Value, fallback: D): V | D;
  update(self: Dict, items?: Value): null;
  values(self: Dict): DictView;
}

interface FrozenSetMethods<S extends PySet> {
  copy(self: S): S;
  difference(self: S, ...others: Value[]): S;
  intersection(self: S, other: Value): PySet;
  isdisjoint(self: S, other: Value): boolean;
  issubset(self: S, other: Value): boolean;
  issuperset(self: S, other: Value): boolean;
  symmetric_difference(self: S, other: Value): S;
  union(self: S, other: Value): S;
}

interface SetMethods extends FrozenSetMethods<PySet> {
  add(self: PySet, item: Value): null;
  clear(self: PySet): null;
  difference_update(self: PySet, ...others: Value[]): null;
  discard(self: PySet, item: Value): null;
  intersection_update(self: PySet, other: Value): null;
  pop<T>(self: PySet<T>): T;
  remove(self: PySet, item: Value): null;
  symmetric_difference_update(self: PySet, other: Value): null;
  update(self: PySet, ...others: Value[]): null;
}

/** `methods` has exactly the methods that `M` describes, special ones aside. */
type Exactly<M, T> = {
  readonly [K in keyof M | Exclude<keyof T, `__${string}`>]: K extends keyof M ? Callable : never;
};

function withMethods<M>() {
  return <F extends Callable, T extends Exactly<M, T>>(type: F, methods: T): F & M =>
    Object.assign(type, methods as unknown as M);
}

export const str = /* @__PURE__ */ withMethods<StrMethods>()(plainStr, strMethods);
export const bytes = /* @__PURE__ */ withMethods<ByteStringMethods<Bytes>>()(plainBytes, {
  ...bytesMethods,
  ...bytesStatics,
});
export const bytearray = /* @__PURE__ */ withMethods<ByteArrayMethods>()(plainBytearray, {
  ...bytearrayMethods,
  ...bytearrayStatics,
});
export const int = /* @__PURE__ */ withMethods<IntMethods>()(plainInt, {
  ...intMethods,
  ...intStatics,
});
export const list = /* @__PURE__ */ withMethods<ListMethods>()(plainList, listMethods);
export const tuple = /* @__PURE__ */ withMethods<SequenceMethods>()(plainTuple, tupleMethods);
/** `fromkeys` is the one that the type itself has. */
export const dict = /* @__PURE__ */ withMethods<DictMethods>()(plainDict, {
  ...dictMethods,
  fromkeys,
});
export const set = /* @__PURE__ */ withMethods<SetMethods>()(plainSet, setMethods);
export const frozenset = /* @__PURE__ */ withMethods<FrozenSetMethods<FrozenSet>>()(
  plainFrozenset,
  frozensetMethods,
);
