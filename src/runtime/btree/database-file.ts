/**
 * Reads a whole database from a stream and writes it back: pages as page.ts has them, after one that
 * tells their size. `btree.open`, `flush` and `close` come here. Berkeley DB writes the pages that
 * changed; here all are built anew, filled one after the other.
 */

import { runToEnd } from "../core/blocking/blocking.js";
import { OSError } from "../core/exception/exceptions.js";
import type { RawStream } from "../io/raw-stream.js";
import {
  type Entry,
  HEADER,
  INNER,
  LEAF,
  LONG_DATA,
  LONG_KEY,
  longestEntry,
  OVERFLOW,
  Page,
  PRESERVE,
  ROOT,
} from "./page.js";

const EINVAL = 22;
const MAGIC = 0x053162;
const VERSION = 3;
const META_SIZE = 24;
const NO_DUPLICATES = 0x20;
const DEFAULT_PAGE_SIZE = 4096;
const DEFAULT_LEAST = 2;
/** No tree is so deep: what is deeper goes in circles. */
const DEEPEST = 50;

export interface Pair {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export class DatabaseFile {
  private pageSize: number;
  private little = true;
  /** How many pages the stream has. */
  private pageCount = 0;

  /** @param least how many keys must fit on a page; 0: as many as usual */
  constructor(
    private readonly stream: RawStream,
    pageSize: number,
    private readonly least: number,
  ) {
    if (pageSize !== 0 && !isPageSize(pageSize)) throw new OSError(EINVAL);
    if (least !== 0 && least < 2) throw new OSError(EINVAL);
    this.pageSize = pageSize || DEFAULT_PAGE_SIZE;
  }

  /** All pairs, in the order of their keys; none of a stream that is empty. */
  read(): Pair[] {
    const meta = this.readMeta();
    const end = this.stream.seek(0, 2);
    if (!meta) return [];
    this.pageCount = Math.floor(end / this.pageSize);
    const pairs: Pair[] = [];
    this.collect(this.page(ROOT), pairs, DEEPEST);
    return pairs;
  }

  private readMeta(): boolean {
    const bytes = new Uint8Array(META_SIZE);
    const count = runToEnd(this.stream.read(bytes));
    if (count === 0) return false;
    const view = new DataView(bytes.buffer);
    this.little = view.getUint32(0, true) === MAGIC;
    const word = (at: number): number => view.getUint32(at, this.little);
    const [magic, version, pageSize, flags] = [word(0), word(4), word(8), word(20)];
    const isKnown = magic === MAGIC && version === VERSION && flags === NO_DUPLICATES;
    if (count !== META_SIZE || !isKnown || !isPageSize(pageSize)) throw new OSError(EINVAL);
    this.pageSize = pageSize;
    return true;
  }

  private collect(page: Page, pairs: Pair[], depth: number): void {
    if (depth === 0) throw new OSError(EINVAL);
    for (let index = 0; index < page.count; index++) {
      const entry = page.entry(index);
      if (page.kind & INNER) this.collect(this.page(entry.child), pairs, depth - 1);
      else {
        const key = entry.marks & LONG_KEY ? this.longItem(entry.key) : entry.key;
        const value = entry.marks & LONG_DATA ? this.longItem(entry.data) : entry.data;
        pairs.push({ key, value });
      }
    }
  }

  /** What a reference (page, size) stands for. */
  private longItem(reference: Uint8Array): Uint8Array {
    const view = new DataView(reference.buffer, reference.byteOffset, reference.byteLength);
    const result = new Uint8Array(view.getUint32(4, this.little));
    const share = this.pageSize - HEADER;
    let number = view.getUint32(0, this.little);
    for (let at = 0; at < result.length; at += share) {
      const page = this.page(number);
      result.set(page.bytes.subarray(HEADER, HEADER + result.length - at), at);
      number = page.next;
    }
    return result;
  }

  private page(number: number): Page {
    if (number < ROOT || number >= this.pageCount) throw new OSError(EINVAL);
    const bytes = new Uint8Array(this.pageSize);
    this.stream.seek(number * this.pageSize, 0);
    for (let at = 0; at < bytes.length; ) {
      const count = runToEnd(this.stream.read(bytes.subarray(at)));
      if (count === 0) throw new OSError(EINVAL);
      at += count;
    }
    return new Page(bytes, this.little);
  }

  write(pairs: Iterable<Pair>): void {
    const pages = new PageBuilder(this.pageSize, this.little, this.least || DEFAULT_LEAST);
    const built = pages.build(pairs);
    let free = 0;
    for (let number = built.length + 1; number < this.pageCount; number++) {
      const page = Page.blank(number, 0, this.pageSize, this.little);
      page.link(0, free);
      free = number;
      built.push(page);
    }
    this.stream.seek(0, 0);
    this.put(this.metaPage(free));
    for (const page of built.sort((left, right) => left.number - right.number))
      this.put(page.bytes);
    this.pageCount = built.length + 1;
    this.stream.flush();
  }

  private metaPage(free: number): Uint8Array {
    const bytes = new Uint8Array(this.pageSize);
    const view = new DataView(bytes.buffer);
    [MAGIC, VERSION, this.pageSize, free, 0, NO_DUPLICATES].forEach((word, at) => {
      view.setUint32(4 * at, word, this.little);
    });
    return bytes;
  }

  private put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += this.stream.write(bytes.subarray(at));
  }
}

function isPageSize(size: number): boolean {
  return size >= 512 && size <= 0x10000 && size % 2 === 0;
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

/** Makes the pages of a tree from the bottom up. */
class PageBuilder {
  private readonly pages: Page[] = [];
  private nextNumber = ROOT + 1;

  constructor(
    private readonly size: number,
    private readonly little: boolean,
    private readonly least: number,
  ) {}

  build(pairs: Iterable<Pair>): Page[] {
    const entries = Array.from(pairs, (pair) => this.leafEntry(pair));
    this.level(entries, LEAF);
    return this.pages;
  }

  /** The pages of one level, and of those above it. */
  private level(entries: readonly Entry[], kind: number): void {
    const level: Page[] = [];
    const firsts: Entry[] = [];
    let page: Page | undefined;
    for (const entry of entries) {
      // Nothing is before the first key of a level: the keys of inner pages begin without one.
      const first = kind === INNER && page === undefined;
      const stored = first ? { ...entry, key: NOTHING, marks: 0 } : entry;
      if (page?.append(stored)) continue;
      page = Page.blank(0, kind, this.size, this.little);
      page.append(stored);
      level.push(page);
      firsts.push(entry);
    }
    if (level.length <= 1) {
      const root = level[0] ?? Page.blank(0, kind, this.size, this.little);
      this.pages.push(root.numbered(ROOT));
      return;
    }
    const numbers = level.map(() => this.nextNumber++);
    level.forEach((made, at) => {
      made.link(numbers[at - 1] ?? 0, numbers[at + 1] ?? 0);
      this.pages.push(made.numbered(numbers[at] as number));
    });
    this.level(
      firsts.map((entry, at) => this.innerEntry(entry, numbers[at] as number)),
      INNER,
    );
  }

  private leafEntry({ key, value }: Pair): Entry {
    const longest = longestEntry(this.size, this.least);
    let entry: Entry = { key, data: value, child: 0, marks: 0 };
    if (key.length + value.length > longest && key.length > longest) {
      entry = { ...entry, key: this.overflow(key), marks: LONG_KEY };
    }
    if (entry.key.length + value.length > longest) {
      entry = { ...entry, data: this.overflow(value), marks: entry.marks | LONG_DATA };
    }
    return entry;
  }

  private innerEntry({ key, marks }: Entry, child: number): Entry {
    if (marks & LONG_KEY) {
      const first = new DataView(key.buffer, key.byteOffset).getUint32(0, this.little);
      this.pages.find((page) => page.number === first)?.mark(PRESERVE);
    }
    return { key, data: NOTHING, child, marks: marks & LONG_KEY };
  }

  /** Stores an item on pages of its own; the reference to them. */
  private overflow(item: Uint8Array): Uint8Array {
    const share = this.size - HEADER;
    const first = this.nextNumber;
    for (let at = 0; at < item.length; at += share) {
      const page = Page.blank(this.nextNumber++, OVERFLOW, this.size, this.little);
      page.link(0, at + share < item.length ? this.nextNumber : 0);
      page.bytes.set(item.subarray(at, at + share), HEADER);
      this.pages.push(page);
    }
    const reference = new DataView(new ArrayBuffer(8));
    reference.setUint32(0, first, this.little);
    reference.setUint32(4, item.length, this.little);
    return new Uint8Array(reference.buffer);
  }
}
