/**
 * A directory of version 2, or a part of one: two blocks, of which one has the newer log. The entries
 * are kept in the order of their names; a tail leads to the next part or the next directory.
 */

import { FileError } from "../../host/files.js";
import { type Blocks, wordAt, words } from "./blocks.js";
import { NULL } from "./ctz-list.js";
import { type LogEnd, readLog } from "./metadata-log.js";
import { GROUP, groupOf, NO_ID, TAG, type Tag } from "./metadata-tag.js";

export const CORRUPT = 84;

export type Pair = readonly [number, number];

export const NO_PAIR: Pair = [NULL, NULL];

export function isNull(pair: Pair): boolean {
  return pair[0] === NULL || pair[1] === NULL;
}

/** Whether two pairs are of one directory: one of their blocks may have been replaced. */
export function shareBlock(one: Pair, other: Pair): boolean {
  return one.some((block) => other.includes(block));
}

export function pairOf(bytes: Uint8Array): Pair {
  return [wordAt(bytes, 0), wordAt(bytes, 4)];
}

export interface LfsEntry {
  /** TAG.FILE, TAG.FOLDER or TAG.SUPERBLOCK. */
  kind: number;
  name: Uint8Array;
  structure: { type: number; data: Uint8Array };
  attributes: Map<number, Uint8Array>;
  /** A rename was interrupted: the entry is elsewhere already. */
  isMoved?: boolean;
}

/** What is known of interrupted operations, combined from all pairs: three words. */
export type GlobalState = readonly [number, number, number];
export const NO_STATE: GlobalState = [0, 0, 0];

export function combine(...states: GlobalState[]): GlobalState {
  const xor = (at: 0 | 1 | 2): number => states.reduce((sum, state) => sum ^ state[at], 0) >>> 0;
  return [xor(0), xor(1), xor(2)];
}

/** The contents of a pair, as its tags make them. */
export class PairContents {
  entries: LfsEntry[] = [];
  tail: Pair = NO_PAIR;
  /** The tail is the rest of this directory. */
  isSplit = false;
  state: GlobalState = NO_STATE;

  clone(): PairContents {
    const copy = new PairContents();
    copy.entries = this.entries.map((entry) => ({
      ...entry,
      attributes: new Map(entry.attributes),
    }));
    copy.tail = this.tail;
    copy.isSplit = this.isSplit;
    copy.state = this.state;
    return copy;
  }

  apply({ type, id, data, isGone }: Tag): void {
    const { entries } = this;
    switch (groupOf(type)) {
      case GROUP.SPLICE:
        if (type === TAG.CREATE) entries.splice(id, 0, newEntry());
        else if (type === TAG.DELETE) entries.splice(id, 1);
        return;
      case GROUP.TAIL:
        this.tail = pairOf(data);
        this.isSplit = (type & 1) === 1;
        return;
      case GROUP.NAME: {
        const entry = this.entry(id);
        entry.kind = type;
        entry.name = data;
        return;
      }
      case GROUP.STRUCTURE:
        this.entry(id).structure = { type, data };
        return;
      case GROUP.ATTRIBUTE:
        if (isGone) this.entry(id).attributes.delete(type);
        else this.entry(id).attributes.set(type, data);
        return;
      default:
        if (type === TAG.GLOBAL_STATE) {
          this.state = [wordAt(data, 0), wordAt(data, 4), wordAt(data, 8)];
        }
    }
  }

  private entry(id: number): LfsEntry {
    while (this.entries.length <= id) this.entries.push(newEntry());
    return this.entries[id] as LfsEntry;
  }

  /** The tags that make the entries from `begin` to `end` anew. */
  tags(begin: number, end: number): Tag[] {
    return this.entries.slice(begin, end).flatMap((entry, id) => entryTags(entry, id));
  }

  tailTag(): Tag[] {
    if (isNull(this.tail)) return [];
    const type = this.isSplit ? TAG.HARD_TAIL : TAG.SOFT_TAIL;
    return [{ type, id: NO_ID, data: words(...this.tail) }];
  }
}

/** What an entry consists of, but for its creation. */
export function entryTags(entry: LfsEntry, id: number): Tag[] {
  const { kind, name, structure, attributes } = entry;
  return [
    { type: kind, id, data: name },
    { type: structure.type, id, data: structure.data },
    ...[...attributes].map(([type, data]) => ({ type, id, data })),
  ];
}

function newEntry(): LfsEntry {
  return {
    kind: TAG.FILE,
    name: new Uint8Array(0),
    structure: { type: TAG.INLINE, data: new Uint8Array(0) },
    attributes: new Map(),
  };
}

export function stateTag(state: GlobalState): Tag {
  return { type: TAG.GLOBAL_STATE, id: NO_ID, data: words(...state) };
}

export class MetadataPair {
  constructor(
    /** The block with the newer log, and the other one. */
    public blocks: Pair,
    public revision: number,
    public contents: PairContents,
    public end: LogEnd | null,
  ) {}

  get entries(): LfsEntry[] {
    return this.contents.entries;
  }

  get tail(): Pair {
    return this.contents.tail;
  }

  get isSplit(): boolean {
    return this.contents.isSplit;
  }
}

/** Reads a pair from the device. */
export function fetchPair(blocks: Blocks, pair: Pair): MetadataPair {
  if (pair.some((block) => block >= blocks.count)) throw new FileError(CORRUPT);
  const logs = pair.map((block) => readBlock(blocks, block));
  const revisions = logs.map((bytes) => (bytes === null ? null : wordAt(bytes, 0)));
  const [first, second] = revisions;
  const newer =
    first === null || (second !== null && ((Number(second) - Number(first)) | 0) > 0) ? 1 : 0;
  for (const at of [newer, 1 - newer]) {
    const bytes = logs[at];
    if (bytes === null || bytes === undefined) continue;
    const contents = new PairContents();
    const end = readLog(bytes, blocks, (tags) => {
      for (const tag of tags) contents.apply(tag);
    });
    if (end === null) continue;
    const ordered: Pair = [pair[at] as number, pair[1 - at] as number];
    return new MetadataPair(ordered, revisions[at] as number, contents, end);
  }
  throw new FileError(CORRUPT);
}

/** A whole block; null when the device says that it is damaged. */
function readBlock(blocks: Blocks, block: number): Uint8Array | null {
  try {
    return blocks.read(block, 0, blocks.size);
  } catch (error) {
    if (error instanceof FileError && error.errno === CORRUPT) return null;
    throw error;
  }
}
