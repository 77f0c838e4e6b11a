/**
 * What mutable containers hold. All containers that may come to stand in one place share a cell, and
 * cells only grow. What leaves for code that is not in view may hold anything. Besides, a program may be
 * given a list's items by TypeScript around it, whose types tell classes and strings apart, but not ints
 * from floats or small ints from large ones: so of what a cell says only those are sure. The rest shows in
 * TypeScript's types, no native operator relies on it.
 */
import { doubt, isToldApart, join, NOTHING, open, type Type, unsure } from "./type.js";

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
  /** Something may be put in that nobody sees. */
  private doubted = false;
  private grown = 0;
  private doubting = false;

  constructor(
    private readonly cells: Cells,
    private ownValue: Type,
    private ownKey: Type,
  ) {}

  /** What a list or set holds, the values of a dict. */
  get value(): Type {
    const { doubted, ownValue } = this.root();
    return doubted ? unsure(ownValue) : ownValue;
  }

  /** The keys of a dict. */
  get key(): Type {
    const { doubted, ownKey } = this.root();
    return doubted ? unsure(ownKey) : ownKey;
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

  doubt(): void {
    const root = this.root();
    if (this.cells.frozen || root.doubting) return;
    if (!root.doubted) this.cells.changed = true;
    root.doubted = true;
    // It may hold itself.
    root.doubting = true;
    doubt(root.ownValue);
    doubt(root.ownKey);
    root.doubting = false;
  }

  private grow(part: "ownValue" | "ownKey", type: Type): void {
    const before = this[part];
    if (before === null || before === type) return;
    if (type === null) {
      // First, for it may hold itself.
      this[part] = null;
      open(before);
    } else {
      const joined = join(before, isToldApart(type) ? type : unsure(type), this.grown > 4);
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
      return this.cells.create(join(a.value, b.value), join(a.key, b.key));
    }
    b.parent = a;
    a.doubted ||= b.doubted;
    this.cells.changed = true;
    a.put(b.ownValue, b.ownKey);
    return a.root();
  }
}
