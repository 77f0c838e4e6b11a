/**
 * One page of a database file as Berkeley DB 1.85 lays it out, which is what `btree` of a board reads
 * and writes: a header, the offsets of the entries from the front, the entries from the back.
 */

/** Kinds of pages, and a mark on long keys that inner pages refer to. */
export const INNER = 1;
export const LEAF = 2;
export const OVERFLOW = 4;
export const PRESERVE = 0x20;

/** Marks of entries: the data, or the key, is on overflow pages. */
export const LONG_DATA = 1;
export const LONG_KEY = 2;

export const ROOT = 1;
export const HEADER = 20;
const ENTRY_HEADER = 9;
const OFFSET_SIZE = 2;

export interface Entry {
  readonly key: Uint8Array;
  /** Of a leaf. */
  readonly data: Uint8Array;
  /** Of an inner page: the page below. */
  readonly child: number;
  readonly marks: number;
}

export class Page {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    private readonly little: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An empty page. */
  static blank(number: number, kind: number, size: number, little: boolean): Page {
    const page = new Page(new Uint8Array(size), little);
    page.setWord(0, number);
    page.setWord(12, kind);
    page.view.setUint16(16, HEADER, little);
    // The greatest page is one byte larger than what fits there.
    page.view.setUint16(18, size & 0xffff, little);
    return page;
  }

  get number(): number {
    return this.word(0);
  }

  numbered(number: number): this {
    this.setWord(0, number);
    return this;
  }

  get kind(): number {
    return this.word(12);
  }

  mark(flags: number): void {
    this.setWord(12, this.kind | flags);
  }

  /** The page to the right; 0 where there is none. */
  get next(): number {
    return this.word(8);
  }

  link(previous: number, next: number): void {
    this.setWord(4, previous);
    this.setWord(8, next);
  }

  private get lower(): number {
    return this.view.getUint16(16, this.little);
  }

  private get upper(): number {
    return this.view.getUint16(18, this.little) || this.bytes.length;
  }

  get count(): number {
    return (this.lower - HEADER) / OFFSET_SIZE;
  }

  entry(index: number): Entry {
    const at = this.view.getUint16(HEADER + OFFSET_SIZE * index, this.little);
    const keySize = this.word(at);
    const second = this.word(at + 4);
    const start = at + ENTRY_HEADER;
    const key = this.bytes.subarray(start, start + keySize);
    const isLeaf = (this.kind & LEAF) !== 0;
    return {
      key,
      data: isLeaf ? this.bytes.subarray(start + keySize, start + keySize + second) : key,
      child: second,
      marks: this.bytes[at + 8] as number,
    };
  }

  /** Adds an entry behind the others; false when there is no room. */
  append({ key, data, child, marks }: Entry): boolean {
    const isLeaf = (this.kind & LEAF) !== 0;
    const size = entrySize(key.length, isLeaf ? data.length : 0);
    const { lower } = this;
    const at = this.upper - size;
    if (at < lower + OFFSET_SIZE) return false;
    this.view.setUint16(lower, at, this.little);
    this.view.setUint16(16, lower + OFFSET_SIZE, this.little);
    this.view.setUint16(18, at, this.little);
    this.setWord(at, key.length);
    this.setWord(at + 4, isLeaf ? data.length : child);
    this.bytes[at + 8] = marks;
    this.bytes.set(key, at + ENTRY_HEADER);
    if (isLeaf) this.bytes.set(data, at + ENTRY_HEADER + key.length);
    return true;
  }

  private word(at: number): number {
    return this.view.getUint32(at, this.little);
  }

  private setWord(at: number, value: number): void {
    this.view.setUint32(at, value, this.little);
  }
}

function entrySize(keySize: number, dataSize: number): number {
  return Math.ceil((ENTRY_HEADER + keySize + dataSize) / 4) * 4;
}

/** How long a key and its data may be together, so that `least` of them fit on a page. */
export function longestEntry(pageSize: number, least: number): number {
  const reference = entrySize(8, 8) + OFFSET_SIZE;
  const share = Math.floor((pageSize - HEADER) / least) - (OFFSET_SIZE + entrySize(0, 0));
  return Math.max(share, reference);
}
