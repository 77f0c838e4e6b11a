/** `d.keys()`, `d.values()` and `d.items()`: live views of a dict. */

import { dict_view } from "../class/builtin-types.js";
import { identity } from "../class/identity.js";
import type { TypeInfo } from "../class/type.js";
import { repr } from "../repr.js";
import { BINARY, type BinaryOp, PRINT, UNARY, type UnaryOp } from "../slots.js";
import { asTuple, TYPE, type Value } from "../values.js";
import type { Dict } from "./dict.js";

export type ViewKind = "keys" | "values" | "items";

export class DictView {
  static [TYPE]: TypeInfo = { name: "dict_view", bases: [], represents: () => dict_view };

  constructor(
    private readonly dict: Dict,
    private readonly kind: ViewKind,
  ) {}

  [Symbol.iterator](): IterableIterator<Value> {
    if (this.kind === "keys") return this.dict.keys();
    return this.kind === "values" ? this.dict.values() : new ItemIterator(this.dict.entries());
  }

  [UNARY](op: UnaryOp): Value | undefined {
    if (op === "__hash__" && this.kind === "values") return identity(this);
    return this.dict[UNARY](op);
  }

  [BINARY](op: BinaryOp, right: Value): Value | undefined {
    return op === "__contains__" && this.kind === "keys" ? this.dict.has(right) : undefined;
  }

  [PRINT](): string {
    return `dict_${this.kind}([${[...this].map(repr).join(", ")}])`;
  }
}

/** Entries as tuples. */
class ItemIterator implements IterableIterator<Value> {
  constructor(private readonly entries: IterableIterator<[Value, Value]>) {}

  next(): IteratorResult<Value> {
    const step = this.entries.next();
    if (!step.done) asTuple(step.value);
    return step;
  }

  [Symbol.iterator](): this {
    return this;
  }
}
