/**
 * What mutable containers hold. All containers that may come to stand in one place share a cell, and
 * cells only grow. Nothing else knows what code that is not in view puts into a list, so what a cell
 * says is never sure: it shows in TypeScript's types, no native operator relies on it.
 */
import { join, NOTHING, open, type Type, unsure } from "./type.js";

/** The cells of one inference. */
export class Cells {
  /** Some cell has grown since this was last set to false. */
  changed = false;
  /** Nothing grows any more: types are only asked for. */
  frozen = false;

  create(value: Type = NOTHING, key: Type = NOTHING): Cell {
    return new Cell(this, value, key);
  }
}

export class Cell {
  private parent: Cell | null = null;
  private grown = 0;

  constructor(
    private readonly cells: Cells,
    private ownValue: Type,
    private ownKey: Type,
  ) {}

  /** What a list or set holds, the values of a dict. */
  get value(): Type {
    return this.root().ownValue;
  }

  /** The keys of a dict. */
  get key(): Type {
    return this.root().ownKey;
  }

  root(): Cell {
    let at: Cell = this;
    while (at.parent !== null) at = at.parent;
    return at;
  }

  put(value: Type, key: Type = NOTHING): void {
    if (this.cells.frozen) return;
    const root = this.root();
    root.grow("ownValue", value);
    root.grow("ownKey", key);
  }

  private grow(part: "ownValue" | "ownKey", type: Type): void {
    const before = this[part];
    if (before === null || before === type) return;
    if (type === null) {
      // First, for it may hold itself.
      this[part] = null;
      open(before);
    } else {
      const joined = join(before, unsure(type), this.grown > 4);
      // Joining may have merged this very cell with another.
      if (joined === before || this.parent !== null) return;
      if (this[part] !== before) {
        this.grow(part, type);
        return;
      }
      this[part] = joined;
    }
    this.grown++;
    this.cells.changed = true;
  }

  /** The two are one from now on. */
  merge(other: Cell): Cell {
    const a = this.root();
    const b = other.root();
    if (a === b) return a;
    if (this.cells.frozen) {
      return this.cells.create(join(a.ownValue, b.ownValue), join(a.ownKey, b.ownKey));
    }
    b.parent = a;
    this.cells.changed = true;
    a.put(b.ownValue, b.ownKey);
    return a.root();
  }
}
