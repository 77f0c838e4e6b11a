/** The `btree` module: a dict of bytes, sorted by key, in a file or another stream. */

import { DatabaseFile, type Pair } from "../btree/database-file.js";
import { SortedPairs } from "../btree/sorted-pairs.js";
import { def } from "../core/call/signature.js";
import { define } from "../core/class/class.js";
import { identity } from "../core/class/identity.js";
import { PyObject } from "../core/class/object.js";
import {
  KeyError,
  NotImplementedError,
  OSError,
  StopIteration,
  ValueError,
} from "../core/exception/exceptions.js";
import { bytesOf, compareBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { BINARY, type BinaryOp, DELITEM, GETITEM, PRINT, SETITEM } from "../core/slots.js";
import { type Bytes, toBytes } from "../core/text/bytes.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import { rawStream } from "../io/raw-stream.js";

const EINVAL = 22;
const DUPLICATES = 1;

/** Flags of keys(), values() and items(): the end is included; from the end to the start. */
export const INCL = 1;
export const DESC = 2;

/** What `seq` is asked for. */
const CURSOR = 1;
const FIRST = 3;
const LAST = 6;
const NEXT = 7;
const PREVIOUS = 9;

type Kind = "keys" | "values" | "items";

interface Walk {
  readonly kind: Kind;
  /** The key to start at; undefined once it has started. */
  start: Value;
  readonly end: Value;
  readonly flags: number;
}

const ALL: Walk = { kind: "keys", start: null, end: null, flags: 0 };

/** An open database. It is its own iterator, and has one position. */
class BTree extends PyObject {
  declare private $file: DatabaseFile;
  /** Undefined when closed. */
  declare private $pairs: SortedPairs | undefined;
  declare private $changed: boolean;
  /** The key that was reached. */
  declare private $position: Uint8Array | null;
  /** Set by keys() and its like, for the loop that follows. */
  declare private $prepared: Walk | null;
  declare private $walk: Walk;

  override __init__(file: DatabaseFile): Value {
    this.$file = file;
    this.$pairs = new SortedPairs(file.read());
    this.$changed = false;
    this.$position = null;
    this.$prepared = null;
    this.$walk = ALL;
    return null;
  }

  private $open(): SortedPairs {
    if (this.$pairs === undefined) throw new ValueError("database closed");
    return this.$pairs;
  }

  flush(): number {
    const pairs = this.$open();
    if (this.$changed) this.$file.write(pairs);
    this.$changed = false;
    return 0;
  }

  close(): number {
    if (this.$pairs !== undefined) BTree.prototype.flush.call(this);
    this.$pairs = undefined;
    return 0;
  }

  get(key: Value, fallback: Value = null): Value {
    const value = this.$open().get(bytesOf(key));
    return value === undefined ? fallback : toBytes(value);
  }

  put(key: Value, value: Value, _flags?: Value): number {
    this[SETITEM](key, value);
    return 0;
  }

  /** The pair at a place: (key, value), or None beyond the ends. */
  seq(place: Value, key?: Value): Value {
    this.$open();
    const wanted = key === undefined ? null : bytesOf(key);
    const pair = this.$move(typeof place === "number" ? place : -1, wanted);
    return pair === undefined ? null : asItem(pair);
  }

  private $move(place: number, key: Uint8Array | null): Pair | undefined {
    const found = this.$find(place, key);
    if (found !== undefined) this.$position = found.key;
    return found;
  }

  private $find(place: number, key: Uint8Array | null): Pair | undefined {
    const pairs = this.$open();
    switch (place) {
      case CURSOR:
        if (key === null || key.length === 0) throw new OSError(EINVAL);
        return pairs.from(key);
      case NEXT:
        return this.$position === null ? pairs.first() : pairs.after(this.$position);
      case PREVIOUS:
        return this.$position === null ? pairs.last() : pairs.before(this.$position);
      case FIRST:
        return pairs.first();
      case LAST:
        return pairs.last();
      default:
        throw new OSError(EINVAL);
    }
  }

  keys(start?: Value, end?: Value, flags?: Value): this {
    return this.$prepare("keys", start, end, flags);
  }

  values(start?: Value, end?: Value, flags?: Value): this {
    return this.$prepare("values", start, end, flags);
  }

  items(start?: Value, end?: Value, flags?: Value): this {
    return this.$prepare("items", start, end, flags);
  }

  private $prepare(kind: Kind, start: Value = null, end: Value = null, flags: Value = 0): this {
    this.$prepared = { kind, start, end, flags: index(flags) };
    return this;
  }

  __iter__(): this {
    this.$walk = this.$prepared ?? { ...ALL };
    this.$prepared = null;
    return this;
  }

  __next__(): Value {
    const { $walk: walk } = this;
    const descends = (walk.flags & DESC) !== 0;
    const pair = this.$step(descends);
    if (pair === undefined || this.$isBeyond(pair, descends)) throw new StopIteration();
    if (walk.kind === "items") return asItem(pair);
    return toBytes(walk.kind === "keys" ? pair.key : pair.value);
  }

  private $step(descends: boolean): Pair | undefined {
    const { start } = this.$walk;
    this.$walk.start = undefined;
    if (start === undefined) return this.$move(descends ? PREVIOUS : NEXT, null);
    if (start === null) return this.$move(descends ? LAST : FIRST, null);
    return this.$move(CURSOR, bytesOf(start));
  }

  private $isBeyond(pair: Pair, descends: boolean): boolean {
    const { end, flags } = this.$walk;
    if (end === null) return false;
    const order = compareBytes(pair.key, bytesOf(end)) * (descends ? -1 : 1);
    return flags & INCL ? order > 0 : order >= 0;
  }

  [GETITEM](key: Value): Bytes {
    const value = this.$open().get(bytesOf(key));
    if (value === undefined) throw new KeyError();
    return toBytes(value);
  }

  [SETITEM](key: Value, value: Value): true {
    this.$open().put(bytesOf(key).slice(), bytesOf(value).slice());
    this.$changed = true;
    return true;
  }

  [DELITEM](key: Value): true {
    if (!this.$open().delete(bytesOf(key))) throw new KeyError();
    this.$changed = true;
    return true;
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    const pairs = this.$open();
    return op === "__contains__" ? pairs.get(bytesOf(right)) !== undefined : undefined;
  }

  [PRINT](): string {
    return `<btree ${this.$pairs === undefined ? 0 : identity(this).toString(16)}>`;
  }
}
define(BTree, {
  name: "btree",
  builtin: true,
  methods: {
    __init__: "file",
    flush: "",
    close: "",
    get: "key, default=, /",
    put: "key, value, flags=, /",
    seq: "flags, key=, /",
    keys: "start_key=, end_key=, flags=, /",
    values: "start_key=, end_key=, flags=, /",
    items: "start_key=, end_key=, flags=, /",
  },
});

function asItem({ key, value }: Pair): Tuple {
  return tup(toBytes(key), toBytes(value));
}

/** Sizes are checked before the stream is touched. Berkeley DB's duplicate keys are not supported. */
export const open = def(
  (
    stream: Value,
    flags: Value = 0,
    _cachesize: Value = 0,
    pagesize: Value = 0,
    minkeypage: Value = 0,
  ): BTree => {
    const raw = rawStream(stream);
    const options = index(flags);
    if ((options & ~DUPLICATES) !== 0) throw new OSError(EINVAL);
    if (options === DUPLICATES) throw new NotImplementedError("btree: duplicate keys");
    return new BTree(new DatabaseFile(raw, index(pagesize), index(minkeypage)));
  },
  "stream, *, flags=, cachesize=, pagesize=, minkeypage=",
  "open",
);
