/**
 * The methods that str, bytes and bytearray have in common, written once on JavaScript strings: a
 * byte string takes part with one character for each byte. str-methods.ts and bytes-methods.ts make
 * their tables with `textMethods`.
 */

import { type Callable, def } from "../call/signature.js";
import { NotImplementedError, TypeError, ValueError } from "../exception/exceptions.js";
import { each } from "../iteration/iteration.js";
import { methodWherePresent } from "../module/port-names.js";
import { index } from "../number/numbers.js";
import { truth } from "../operator/unary.js";
import { asTuple, isTuple, type Value } from "../values.js";
import { strFormat } from "./str-format.js";

/** How one type of text takes part. */
export interface TextKind {
  /** The name of the type. */
  type: string;
  /** The characters of a value of the type. */
  open(value: Value): string;
  /** The characters of an argument, which must be of the type (bytes and bytearray are one). */
  argument(value: Value): string;
  /** Like `argument`, but str is the fallback for any text. */
  prefix(value: Value): string;
  /** A single item to look for: bytes may be searched for ints. */
  needle(value: Value): string;
  make(characters: string): Value;
  /** What a method returns where nothing is left. */
  empty: Value;
  /** The character offset of an index argument, clamped. */
  offset(characters: string, index: Value): number;
  /** The index of a character offset. */
  position(characters: string, offset: number): number;
  length(characters: string): number;
  /** The characters as `center` counts them: in bytes as well those that begin one of UTF-8. */
  width(characters: string): number;
  is(value: Value): boolean;
}

const SPACES = " \t\n\r\v\f";

export function textMethods(kind: TextKind) {
  const { open, argument, make, offset } = kind;

  /** The window `[start, end)` of optional index arguments. */
  function bounds(text: string, start: Value, end: Value): [number, number] {
    const from = start === undefined || start === null ? 0 : offset(text, start);
    const to = end === undefined || end === null ? text.length : offset(text, end);
    return [from, to];
  }

  function find(self: Value, what: Value, start: Value, end: Value, backwards: boolean): number {
    const text = open(self);
    const needle = kind.needle(what);
    const [from, to] = bounds(text, start, end);
    if (to < from) return -1;
    const window = text.slice(from, to);
    const at = backwards ? window.lastIndexOf(needle) : window.indexOf(needle);
    return at < 0 ? -1 : kind.position(text, from + at);
  }

  function found(at: number): number {
    if (at < 0) throw new ValueError("substring not found");
    return at;
  }

  function strip(self: Value, characters: Value, left: boolean, right: boolean): Value {
    const set = characters === undefined ? SPACES : argument(characters);
    const text = open(self);
    const units = kind.length(text) === text.length ? text : [...text];
    let start = 0;
    let end = units.length;
    while (left && start < end && set.includes(units[start] as string)) start++;
    while (right && end > start && set.includes(units[end - 1] as string)) end--;
    if (start === end) return kind.empty;
    if (end - start === units.length) return self;
    return make(
      typeof units === "string" ? units.slice(start, end) : units.slice(start, end).join(""),
    );
  }

  function split(self: Value, separator: Value = null, limit: Value = -1): Value[] {
    const splits = index(limit);
    const text = open(self);
    if (separator === null) return splitSpaces(text, splits).map(make);
    argument(separator);
    const mark = kind.prefix(separator);
    if (mark === "") throw new ValueError("empty separator");
    return splitAt(text, mark, splits).map(make);
  }

  function rsplit(self: Value, separator: Value = null, limit?: Value): Value[] {
    const splits = limit === undefined ? -1 : index(limit);
    if (splits < 0) return split(self, separator);
    if (separator === null) throw new NotImplementedError("rsplit(None,n)");
    const mark = kind.prefix(separator);
    if (mark === "") throw new ValueError("empty separator");
    return rsplitAt(open(self), mark, splits).map(make);
  }

  function startsOrEnds(
    self: Value,
    prefix: Value,
    start: Value,
    end: Value,
    ends: boolean,
  ): boolean {
    const text = open(self);
    const [from, to] = bounds(text, start, end);
    const window = text.slice(from, Math.max(from, to));
    for (const item of isTuple(prefix) ? prefix : [prefix]) {
      const wanted = kind.prefix(item);
      if (ends ? window.endsWith(wanted) : window.startsWith(wanted)) return true;
    }
    return false;
  }

  function join(self: Value, items: Value): Value {
    const parts: string[] = [];
    for (const item of each(items)) {
      if (!kind.is(item)) {
        throw new TypeError("join expects a list of str/bytes objects consistent with self object");
      }
      parts.push(open(item));
    }
    return make(parts.join(open(self)));
  }

  function replace(self: Value, old: Value, replacement: Value, limit: Value = -1): Value {
    const most = index(limit);
    if (most === 0) return self;
    const from = argument(old);
    const to = argument(replacement);
    const text = open(self);
    if (from !== "") return make(splitAt(text, from, most).join(to));
    return make(insertBetween(text, to, most < 0 ? Number.POSITIVE_INFINITY : most));
  }

  /** `"abc".replace("", "-")`: at the beginning and after each character, `most` times in all. */
  function insertBetween(text: string, inserted: string, most: number): string {
    let result = inserted;
    let done = 1;
    for (const character of kind.length(text) === text.length ? text.split("") : text) {
      result += character;
      if (done++ < most) result += inserted;
    }
    return result;
  }

  function count(self: Value, what: Value, start?: Value, end?: Value): number {
    const needle = argument(what);
    const text = open(self);
    const [from, to] = bounds(text, start, end);
    const window = text.slice(from, Math.max(from, to));
    if (needle === "") return kind.width(window) + 1;
    return splitAt(window, needle, -1).length - 1;
  }

  function partition(self: Value, separator: Value, backwards: boolean): Value {
    const mark = argument(separator);
    if (mark === "") throw new ValueError("empty separator");
    const text = open(self);
    const at = backwards ? text.lastIndexOf(mark) : text.indexOf(mark);
    const none = kind.empty;
    if (at < 0) return asTuple(backwards ? [none, none, self] : [self, none, none]);
    return asTuple([make(text.slice(0, at)), make(mark), make(text.slice(at + mark.length))]);
  }

  function splitlines(self: Value, keepends: Value = false): Value[] {
    const text = open(self);
    const keep = truth(keepends);
    const lines: Value[] = [];
    for (let at = 0; at < text.length; ) {
      const rest = /\r\n|\n|\r/g;
      rest.lastIndex = at;
      const end = rest.exec(text);
      const stop = end === null ? text.length : end.index;
      const next = end === null ? text.length : rest.lastIndex;
      lines.push(make(text.slice(at, keep ? next : stop)));
      at = next;
    }
    return lines;
  }

  function center(self: Value, width: Value): Value {
    const text = open(self);
    const missing = index(width) - kind.width(text);
    if (missing <= 0) return self;
    const left = missing >> 1;
    return make(" ".repeat(left) + text + " ".repeat(missing - left));
  }

  const rare = (name: string, method: (self: Value, argument: Value) => Value) =>
    methodWherePresent(kind.type, name, method);

  return named({
    find: [(self, what, start, end) => find(self, what, start, end, false), "sub, start=, end=, /"],
    rfind: [(self, what, start, end) => find(self, what, start, end, true), "sub, start=, end=, /"],
    index: [
      (self, what, start, end) => found(find(self, what, start, end, false)),
      "sub, start=, end=, /",
    ],
    rindex: [
      (self, what, start, end) => found(find(self, what, start, end, true)),
      "sub, start=, end=, /",
    ],
    join: [join, "iterable, /"],
    split: [split, "sep=, maxsplit=, /"],
    rsplit: [rsplit, "sep=, maxsplit=, /"],
    splitlines: [rare("splitlines", splitlines), "keepends="],
    startswith: [
      (self, prefix, start, end) => startsOrEnds(self, prefix, start, end, false),
      "prefix, start=, end=, /",
    ],
    endswith: [
      (self, prefix, start, end) => startsOrEnds(self, prefix, start, end, true),
      "suffix, start=, end=, /",
    ],
    strip: [(self, set) => strip(self, set, true, true), "chars=, /"],
    lstrip: [(self, set) => strip(self, set, true, false), "chars=, /"],
    rstrip: [(self, set) => strip(self, set, false, true), "chars=, /"],
    format: [
      (self, values, keywords) => make(strFormat(open(self), values, keywords)),
      "*args, **kw",
    ],
    replace: [replace, "old, new, count=, /"],
    count: [count, "sub, start=, end=, /"],
    partition: [
      rare("partition", (self, separator) => partition(self, separator, false)),
      "sep, /",
    ],
    rpartition: [
      rare("rpartition", (self, separator) => partition(self, separator, true)),
      "sep, /",
    ],
    center: [rare("center", center), "width, /"],
    lower: [(self) => make(lower(open(self))), "/"],
    upper: [(self) => make(upper(open(self))), "/"],
    isspace: [(self) => /^[ \t\n\v\f\r]+$/.test(open(self)), "/"],
    isalpha: [(self) => /^[a-zA-Z]+$/.test(open(self)), "/"],
    isdigit: [(self) => /^[0-9]+$/.test(open(self)), "/"],
    isupper: [(self) => /[A-Z]/.test(open(self)) && !/[a-z]/.test(open(self)), "/"],
    islower: [(self) => /[a-z]/.test(open(self)) && !/[A-Z]/.test(open(self)), "/"],
  });
}

/** A table of methods from functions and signatures. */
export function named<Name extends string>(
  methods: Record<Name, [Callable, string]>,
): Record<Name, Callable> {
  const table: Record<string, Callable> = {};
  for (const [name, [method, signature]] of Object.entries<[Callable, string]>(methods)) {
    table[name] = def(method, signature, name);
  }
  return table;
}

/** MicroPython changes the case of ASCII letters only. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** The parts between the first `splits` separators, all if negative. */
function splitAt(text: string, separator: string, splits: number): string[] {
  if (splits < 0) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  for (let left = splits; left > 0; left--) {
    const at = text.indexOf(separator, start);
    if (at < 0) break;
    parts.push(text.slice(start, at));
    start = at + separator.length;
  }
  parts.push(text.slice(start));
  return parts;
}

function rsplitAt(text: string, separator: string, splits: number): string[] {
  const parts: string[] = [];
  let end = text.length;
  for (let left = splits; left > 0; left--) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.unshift(text.slice(at + separator.length, end));
    end = at;
  }
  parts.unshift(text.slice(0, end));
  return parts;
}

/** Words; what follows the last split keeps its spaces at the end. */
function splitSpaces(text: string, splits: number): string[] {
  const words: string[] = [];
  const word = /[^ \t\n\v\f\r]+/g;
  for (let left = splits; left !== 0; left--) {
    const found = word.exec(text);
    if (found === null) return words;
    words.push(found[0]);
  }
  const rest = text.slice(word.lastIndex).replace(/^[ \t\n\v\f\r]+/, "");
  if (rest !== "") words.push(rest);
  return words;
}
