/**
 * The directories of a version 2 file system as a whole: reading them, changing them by commits, and
 * walking through all of them. A commit is appended to a block's log, or, when that is full, written
 * anew to the other block, in two halves if it has become too long.
 */

import { FileError } from "../../host/files.js";
import type { Allocator } from "./allocator.js";
import { type Blocks, roundUp, words } from "./blocks.js";
import type { LfsFile } from "./lfs-file.js";
import { START, writeLog } from "./metadata-log.js";
import {
  CORRUPT,
  combine,
  fetchPair,
  type GlobalState,
  isNull,
  MetadataPair,
  NO_STATE,
  type Pair,
  PairContents,
  pairOf,
  shareBlock,
  stateTag,
} from "./metadata-pair.js";
import { GROUP, groupOf, NO_ID, TAG, type Tag, tagSize } from "./metadata-tag.js";

const ENOSPC = 28;
const MOST_ENTRIES = 0xff;
/** The place that a tail, the global state, a deletion and a checksum may take. */
const RESERVE = 40;
/** Bits of the first word of the global state: the tag of a move, and that there are orphans. */
const MOVE = 0x7ffffc00;
const ORPHANS = 0x80000000;

/** Where an open file's entry is. */
export interface Handle {
  pair: Pair | null;
  id: number;
}

export class Lfs2Metadata {
  root: Pair = [0, 1];
  /** The global state as it is meant to be, and as the device has it. */
  state: GlobalState = NO_STATE;
  private stored: GlobalState = NO_STATE;
  /** What dropped pairs had of it. */
  private inherited: GlobalState = NO_STATE;
  readonly handles = new Map<LfsFile, Handle>();

  constructor(
    readonly blocks: Blocks,
    private readonly allocator: Allocator,
  ) {}

  fetch(pair: Pair): MetadataPair {
    const fetched = fetchPair(this.blocks, pair);
    const moved = this.movedFrom;
    if (moved !== null && shareBlock(moved.pair, fetched.blocks)) {
      const entry = fetched.entries[moved.id];
      if (entry !== undefined) entry.isMoved = true;
    }
    return fetched;
  }

  /** All pairs, in the order of their tails. */
  *all(from: Pair = [0, 1]): Generator<MetadataPair> {
    const seen = new Set<number>();
    for (let pair = from; !isNull(pair); ) {
      // Tails that lead back are a fault.
      if (seen.has(pair[0])) throw new FileError(CORRUPT);
      seen.add(pair[0]);
      seen.add(pair[1]);
      const fetched = this.fetch(pair);
      yield fetched;
      pair = fetched.tail;
    }
  }

  /** The parts of one directory. */
  *parts(pair: Pair): Generator<MetadataPair> {
    for (let part = this.fetch(pair); ; part = this.fetch(part.tail)) {
      yield part;
      if (!part.isSplit) return;
    }
  }

  /** Takes the global state from the device, at mounting. */
  setState(state: GlobalState): void {
    this.stored = this.state = state;
  }

  get movedFrom(): { pair: Pair; id: number } | null {
    const [tag, ...pair] = this.stored;
    return tag & MOVE && (tag >>> 20) & 0x700 ? { pair, id: (tag >>> 10) & 0x3ff } : null;
  }

  get hasOrphans(): boolean {
    return (this.state[0] & ORPHANS) !== 0;
  }

  /** Notes that an entry is about to be moved; null: that it is done. */
  markMove(from: { pair: Pair; id: number } | null): void {
    const orphans = this.state[0] & ORPHANS;
    const tag = from === null ? 0 : (TAG.DELETE << 20) | (from.id << 10);
    this.state = [(orphans | tag) >>> 0, ...(from?.pair ?? ([0, 0] as const))];
  }

  markOrphans(exist: boolean): void {
    const [tag, ...pair] = this.state;
    this.state = [((tag & ~ORPHANS) | (exist ? ORPHANS : 0)) >>> 0, ...pair];
  }

  /** A new pair, not written yet. */
  create(): MetadataPair {
    const second = this.allocator.allocate();
    const first = this.allocator.allocate();
    // What the first block held once must not seem newer.
    const revision = this.blocks.readWord(first, 0);
    return new MetadataPair([first, second], revision, new PairContents(), null);
  }

  /** Changes a pair. What the tags do to entries is done to the handles of open files too. */
  commit(pair: MetadataPair, tags: readonly Tag[]): void {
    const contents = pair.contents.clone();
    for (const tag of tags) contents.apply(tag);
    const deletes = tags.some(({ type }) => type === TAG.DELETE);
    if (deletes && contents.entries.length === 0) {
      const before = this.before(pair.blocks);
      if (before?.isSplit) {
        // An empty part is left out of its directory.
        this.moveHandles(pair.blocks, tags);
        pair.contents = contents;
        this.drop(before, pair);
        return;
      }
    }
    if (!this.append(pair, contents, tags)) this.compact(pair, contents);
    this.moveHandles(pair.blocks, tags);
    this.followHandles(pair);
  }

  /** What a pair must note of the global state. */
  private change(): GlobalState {
    return combine(this.state, this.stored, this.inherited);
  }

  private noted(): void {
    this.stored = this.state;
    this.inherited = NO_STATE;
  }

  private append(pair: MetadataPair, contents: PairContents, tags: readonly Tag[]): boolean {
    const { end } = pair;
    if (end === null || !end.isErased || contents.entries.length >= MOST_ENTRIES) return false;
    const change = this.change();
    const hasChange = change.some((word) => word !== 0);
    const state = combine(contents.state, change);
    const all = hasChange ? [...tags, stateTag(state)] : tags;
    const next = writeLog(this.blocks, pair.blocks[0], end, all);
    if (!next) return false;
    if (hasChange) contents.state = state;
    pair.contents = contents;
    pair.end = next;
    this.noted();
    return true;
  }

  private compact(pair: MetadataPair, contents: PairContents): void {
    let end = contents.entries.length;
    for (;;) {
      const split = this.split(contents, end);
      if (split === 0) break;
      let rest: MetadataPair;
      try {
        rest = this.create();
      } catch (error) {
        // Without room for another pair this one is filled to the brim.
        if (error instanceof FileError && error.errno === ENOSPC) break;
        throw error;
      }
      const part = new PairContents();
      part.entries = contents.entries.slice(split, end);
      part.tail = contents.tail;
      part.isSplit = contents.isSplit;
      this.rewrite(rest, part);
      contents.tail = rest.blocks;
      contents.isSplit = true;
      end = split;
    }
    contents.entries = contents.entries.slice(0, end);
    this.rewrite(pair, contents);
  }

  /** Where to divide the entries so that the latter part fits well; 0: nowhere. */
  private split(contents: PairContents, end: number): number {
    const { size, progSize } = this.blocks;
    const most = Math.min(size - RESERVE, roundUp(size / 2, progSize));
    let split = 0;
    while (end - split > 1) {
      const bytes = contents.tags(split, end).reduce((sum, tag) => sum + tagSize(tag), 0);
      if (end - split < MOST_ENTRIES && bytes <= most) break;
      split += Math.floor((end - split) / 2);
    }
    return split;
  }

  /** Writes a pair anew, to its other block. */
  private rewrite(pair: MetadataPair, contents: PairContents): void {
    const [old, block] = pair.blocks;
    const state = combine(contents.state, this.change());
    const tags = [
      ...contents.tags(0, contents.entries.length),
      ...contents.tailTag(),
      ...(state.some((word) => word !== 0) ? [stateTag(state)] : []),
    ];
    const revision = (pair.revision + 1) >>> 0;
    this.blocks.device.erase(block);
    const end = writeLog(this.blocks, block, START, tags, revision);
    if (end === null) throw new FileError(ENOSPC);
    if (end === false) throw new FileError(CORRUPT);
    this.blocks.device.sync();
    contents.state = state;
    pair.blocks = [block, old];
    pair.revision = revision;
    pair.contents = contents;
    pair.end = end;
    this.noted();
  }

  /** The pair whose tail is this one. */
  before(pair: Pair): MetadataPair | undefined {
    for (const other of this.all()) {
      if (!isNull(other.tail) && shareBlock(other.tail, pair)) return other;
    }
    return undefined;
  }

  /** Takes a pair out of the row of tails. */
  drop(before: MetadataPair, pair: MetadataPair): void {
    this.inherited = combine(this.inherited, pair.contents.state);
    const type = pair.isSplit ? TAG.HARD_TAIL : TAG.SOFT_TAIL;
    this.commit(before, [{ type, id: NO_ID, data: words(...pair.tail) }]);
  }

  /** Writes a pair anew whatever its log has room for: so that no older one can be found. */
  renew(pair: MetadataPair): void {
    this.compact(pair, pair.contents.clone());
  }

  private moveHandles(blocks: Pair, tags: readonly Tag[]): void {
    for (const handle of this.handles.values()) {
      if (handle.pair === null || !shareBlock(handle.pair, blocks)) continue;
      for (const { type, id } of tags) {
        if (groupOf(type) !== GROUP.SPLICE) continue;
        if (type === TAG.CREATE) {
          if (handle.id >= id) handle.id += 1;
        } else if (handle.id === id) {
          handle.pair = null;
          break;
        } else if (handle.id > id) {
          handle.id -= 1;
        }
      }
    }
  }

  /** Entries that have gone to a new part of the directory take their handles along. */
  private followHandles(pair: MetadataPair): void {
    for (const handle of this.handles.values()) {
      if (handle.pair === null || !shareBlock(handle.pair, pair.blocks)) continue;
      let part = pair;
      while (handle.id >= part.entries.length && part.isSplit) {
        handle.id -= part.entries.length;
        part = this.fetch(part.tail);
      }
      handle.pair = part.blocks;
    }
  }

  /** Mends what an interruption has left: moves half done, and pairs without a directory. */
  mend(): void {
    const moved = this.movedFrom;
    if (moved !== null) {
      const pair = this.fetch(moved.pair);
      this.markMove(null);
      this.commit(pair, [{ type: TAG.DELETE, id: moved.id, data: new Uint8Array(0) }]);
    }
    if (!this.hasOrphans) return;
    for (let again = true; again; ) again = this.mendOne();
    this.markOrphans(false);
    const [first] = this.all();
    if (first !== undefined) this.commit(first, []);
  }

  private mendOne(): boolean {
    const named: Pair[] = [this.root, [0, 1]];
    const all = [...this.all()];
    for (const { entries } of all) {
      for (const { kind, structure } of entries) {
        if (kind === TAG.FOLDER) named.push(pairOf(structure.data));
      }
    }
    for (const [at, pair] of all.entries()) {
      const next = all[at + 1];
      if (next === undefined || pair.isSplit) continue;
      const known = named.find((other) => shareBlock(other, next.blocks));
      if (known === undefined) {
        this.drop(pair, next);
        return true;
      }
      if (!known.every((block) => pair.tail.includes(block))) {
        this.commit(pair, [{ type: TAG.SOFT_TAIL, id: NO_ID, data: words(...known) }]);
        return true;
      }
    }
    return false;
  }
}
