/**
 * A directory of version 1, or a part of one: two blocks, of which one has the newer contents. Each
 * change writes all of them to the other block. All directories are a list, threaded by their tails.
 */

import { FileError } from "../../host/files.js";
import { type Blocks, crc32, wordAt, words } from "./blocks.js";
import type { Pair } from "./metadata-pair.js";

/** The number of a damaged file system, which is another one in version 2. */
export const CORRUPT = 52;
const HEADER = 16;
const CHECKSUM = 4;
/** Bit of the size: the directory goes on in its tail. */
const CONTINUES = 0x80000000;
/** Bit of an entry's type: it is being moved elsewhere. */
const MOVING = 0x80;

export const ENTRY = { FILE: 0x11, FOLDER: 0x22, SUPERBLOCK: 0x2e } as const;

export interface Lfs1Entry {
  type: number;
  isMoving: boolean;
  /** What the entry is of: two words, a list of blocks or a pair. */
  data: Uint8Array;
  attributes: Uint8Array;
  name: Uint8Array;
}

export function entrySize({ data, attributes, name }: Lfs1Entry): number {
  return 4 + data.length + attributes.length + name.length;
}

export class Lfs1Directory {
  constructor(
    /** The newer block, and the other one. */
    public pair: Pair,
    public revision: number,
    public tail: Pair,
    public continues: boolean,
    public entries: Lfs1Entry[],
  ) {}

  get size(): number {
    return this.entries.reduce((sum, entry) => sum + entrySize(entry), HEADER + CHECKSUM);
  }

  /** Writes the contents to the other block; raises when that does not hold them. */
  commit(blocks: Blocks): void {
    const [old, block] = this.pair;
    this.revision = (this.revision + 1) >>> 0;
    const bytes = this.bytes();
    blocks.device.erase(block);
    if (!blocks.program(block, 0, bytes)) throw new FileError(CORRUPT);
    blocks.device.sync();
    this.pair = [block, old];
  }

  private bytes(): Uint8Array {
    const { size, entries, revision, tail, continues } = this;
    const bytes = new Uint8Array(size);
    const flagged = (continues ? size + CONTINUES : size) >>> 0;
    bytes.set(words(revision, flagged, ...tail));
    let at = HEADER;
    for (const { type, isMoving, data, attributes, name } of entries) {
      bytes.set([isMoving ? type | MOVING : type, data.length, attributes.length, name.length], at);
      bytes.set(data, at + 4);
      bytes.set(attributes, at + 4 + data.length);
      bytes.set(name, at + 4 + data.length + attributes.length);
      at += 4 + data.length + attributes.length + name.length;
    }
    bytes.set(words(crc32(bytes.subarray(0, at))), at);
    return bytes;
  }
}

/** Reads the newer block of a pair that is valid. */
export function fetchDirectory(blocks: Blocks, pair: Pair): Lfs1Directory {
  let newest: Lfs1Directory | null = null;
  for (const at of [0, 1] as const) {
    const block = pair[at];
    if (block >= blocks.count) continue;
    const bytes = blocks.read(block, 0, blocks.size);
    const size = wordAt(bytes, 4) & ~CONTINUES;
    if (size < HEADER + CHECKSUM || size > blocks.size) continue;
    if (crc32(bytes.subarray(0, size)) !== 0) continue;
    const revision = wordAt(bytes, 0);
    if (newest !== null && ((revision - newest.revision) | 0) < 0) continue;
    newest = new Lfs1Directory(
      [block, pair[1 - at] as number],
      revision,
      [wordAt(bytes, 8), wordAt(bytes, 12)],
      wordAt(bytes, 4) >= CONTINUES,
      parseEntries(bytes.subarray(HEADER, size - CHECKSUM)),
    );
  }
  if (newest === null) throw new FileError(CORRUPT);
  return newest;
}

function parseEntries(bytes: Uint8Array): Lfs1Entry[] {
  const entries: Lfs1Entry[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [type, data, attributes, name] = bytes.subarray(at, at + 4) as unknown as number[];
    const start = at + 4;
    const middle = start + (data ?? 0);
    const end = middle + (attributes ?? 0);
    entries.push({
      type: (type ?? 0) & ~MOVING,
      isMoving: ((type ?? 0) & MOVING) !== 0,
      data: bytes.slice(start, middle),
      attributes: bytes.slice(middle, end),
      name: bytes.slice(end, end + (name ?? 0)),
    });
    at = end + (name ?? 0);
  }
  return entries;
}
