/** A littlefs file system of version 1 on a block device. */

import { decodeUtf8, encodeUtf8 } from "../../core/utf8.js";
import { FileError, type OpenFile, type OpenMode } from "../../host/files.js";
import type { BlockDevice } from "../block-device.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "../volume.js";
import { Allocator } from "./allocator.js";
import { Blocks, type LfsOptions, wordAt, words } from "./blocks.js";
import { blocksOf, EMPTY } from "./ctz-list.js";
import { type FileOwner, LfsFile } from "./lfs-file.js";
import { LfsDirectoryPath, namesOf } from "./lfs-path.js";
import {
  CORRUPT,
  ENTRY,
  entrySize,
  fetchDirectory,
  Lfs1Directory,
  type Lfs1Entry,
} from "./lfs1-directory.js";
import { isNull, NO_PAIR, type Pair, pairOf, shareBlock } from "./metadata-pair.js";

const ENOENT = 2;
const EEXIST = 17;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ENOSPC = 28;
const ENAMETOOLONG = 36;
const ENOTEMPTY = 39;
const NAME_MAX = 255;
const VERSION = 0x00010001;
const MAGIC = encodeUtf8("littlefs");
const NOTHING = new Uint8Array(0);
const SUPERBLOCK: Pair = [0, 1];

/** Where a path leads: the part of a directory that has, or would get, its entry. */
interface Target {
  readonly part: Lfs1Directory;
  readonly entry: Lfs1Entry | null;
  readonly name: Uint8Array;
}

/** Where an open file's entry is. */
interface Handle {
  pair: Pair | null;
  index: number;
}

export class Lfs1Volume implements Volume, FileOwner {
  readonly blocks: Blocks;
  readonly allocator: Allocator;
  readonly inlineMax = -1;
  private root: Pair = NO_PAIR;
  private readonly directory = new LfsDirectoryPath();
  private readonly handles = new Map<LfsFile, Handle>();
  private isMended = false;

  constructor(
    readonly device: BlockDevice,
    options: LfsOptions,
  ) {
    this.blocks = new Blocks(device, options);
    this.allocator = new Allocator(this.blocks.count, () => this.usedBlocks());
  }

  format(): void {
    const { blocks } = this;
    if (blocks.count < 4) throw new FileError(ENOSPC);
    const root = new Lfs1Directory([2, 3], blocks.readWord(2, 0), NO_PAIR, false, []);
    root.commit(blocks);
    const superblock = {
      type: ENTRY.SUPERBLOCK,
      isMoving: false,
      data: words(...root.pair, blocks.size, blocks.count, VERSION),
      attributes: NOTHING,
      name: MAGIC,
    };
    const revision = blocks.readWord(0, 0);
    const head = new Lfs1Directory(SUPERBLOCK, revision, root.pair, false, [superblock]);
    // Both blocks, so that no older file system is found.
    head.commit(blocks);
    head.commit(blocks);
  }

  mount(): void {
    const [entry] = fetchDirectory(this.blocks, SUPERBLOCK).entries;
    const isOurs = entry?.type === ENTRY.SUPERBLOCK && decodeUtf8(entry.name) === "littlefs";
    if (!isOurs || entry.data.length < 20) throw new FileError(CORRUPT);
    const version = wordAt(entry.data, 16);
    if (version >>> 16 !== 1 || (version & 0xffff) > (VERSION & 0xffff)) {
      throw new FileError(EINVAL);
    }
    this.root = pairOf(entry.data);
  }

  // ---- directories -------------------------------------------------------------------------

  private fetch(pair: Pair): Lfs1Directory {
    return fetchDirectory(this.blocks, pair);
  }

  /** All parts of all directories. */
  private *all(): Generator<Lfs1Directory> {
    let seen = 0;
    for (let pair = SUPERBLOCK; !isNull(pair); ) {
      if (seen++ > this.blocks.count) throw new FileError(CORRUPT);
      const part = this.fetch(pair);
      yield part;
      pair = part.tail;
    }
  }

  private *parts(pair: Pair): Generator<Lfs1Directory> {
    for (let part = this.fetch(pair); ; part = this.fetch(part.tail)) {
      yield part;
      if (!part.continues) return;
    }
  }

  private before(pair: Pair): Lfs1Directory | undefined {
    for (const part of this.all()) {
      if (!isNull(part.tail) && shareBlock(part.tail, pair)) return part;
    }
    return undefined;
  }

  /** Adds an entry to the first part from this one on that has room; or to a new part. */
  private append(start: Lfs1Directory, entry: Lfs1Entry, tail?: Pair): void {
    const { blocks } = this;
    let part = start;
    for (;;) {
      if (part.size + entrySize(entry) <= blocks.size) {
        part.entries.push(entry);
        if (tail !== undefined && !part.continues) part.tail = tail;
        part.commit(blocks);
        return;
      }
      if (!part.continues) break;
      part = this.fetch(part.tail);
    }
    const added = this.create(tail ?? part.tail);
    added.entries.push(entry);
    added.commit(blocks);
    part.continues = true;
    part.tail = added.pair;
    part.commit(blocks);
  }

  private create(tail: Pair): Lfs1Directory {
    const pair: Pair = [this.allocator.allocate(), this.allocator.allocate()];
    return new Lfs1Directory(pair, this.blocks.readWord(pair[0], 0), tail, false, []);
  }

  private removeEntry(part: Lfs1Directory, index: number): void {
    const { blocks } = this;
    for (const handle of this.handles.values()) {
      if (handle.pair === null || !shareBlock(handle.pair, part.pair)) continue;
      if (handle.index === index) handle.pair = null;
      else if (handle.index > index) handle.index -= 1;
    }
    part.entries.splice(index, 1);
    const before = part.entries.length === 0 ? this.before(part.pair) : undefined;
    if (before?.continues) {
      before.continues = part.continues;
      before.tail = part.tail;
      before.commit(blocks);
    } else {
      part.commit(blocks);
    }
  }

  /** Takes an empty directory out of the list of all. */
  private unthread(pair: Pair): void {
    const before = this.before(pair);
    if (before === undefined) throw new FileError(CORRUPT);
    before.tail = this.fetch(pair).tail;
    before.commit(this.blocks);
  }

  private find(path: string): Target | null {
    const names = namesOf(this.directory.absolute(path)) ?? [];
    let pair = this.root;
    let target: Target | null = null;
    for (const [at, text] of names.entries()) {
      if (target?.entry != null) {
        if (target.entry.type !== ENTRY.FOLDER) throw new FileError(ENOTDIR);
        pair = pairOf(target.entry.data);
      }
      target = this.findIn(pair, encodeUtf8(text));
      if (target.entry === null && at < names.length - 1) throw new FileError(ENOENT);
    }
    return target;
  }

  private findIn(pair: Pair, name: Uint8Array): Target {
    let last: Lfs1Directory | undefined;
    for (const part of this.parts(pair)) {
      for (const entry of part.entries) {
        const isNamed = entry.type === ENTRY.FILE || entry.type === ENTRY.FOLDER;
        if (!isNamed || !isEqual(entry.name, name)) continue;
        if (!this.isElsewhere(entry)) return { part, entry, name };
      }
      last = part;
    }
    return { part: last as Lfs1Directory, entry: null, name };
  }

  /** An entry that was being moved, and has arrived. */
  private isElsewhere(entry: Lfs1Entry): boolean {
    if (!entry.isMoving) return false;
    for (const { entries } of this.all()) {
      if (entries.some((other) => !other.isMoving && isEqual(other.data, entry.data))) return true;
    }
    return false;
  }

  private existing(path: string): Target & { entry: Lfs1Entry } {
    const target = this.find(path);
    if (target === null) throw new FileError(EINVAL);
    if (target.entry === null) throw new FileError(ENOENT);
    return target as Target & { entry: Lfs1Entry };
  }

  /** Before the first change: ends moves that were interrupted, drops directories without a name. */
  private consistent(): void {
    if (this.isMended) return;
    this.isMended = true;
    const all = [...this.all()];
    const named: Pair[] = [SUPERBLOCK, this.root];
    for (const { entries } of all) {
      for (const { type, data } of entries) if (type === ENTRY.FOLDER) named.push(pairOf(data));
    }
    for (const [at, part] of all.entries()) {
      const next = all[at + 1];
      if (next === undefined || part.continues) continue;
      if (named.some((pair) => shareBlock(pair, next.pair))) continue;
      const fresh = this.fetch(part.pair);
      fresh.tail = next.tail;
      fresh.commit(this.blocks);
      this.isMended = false;
      this.consistent();
      return;
    }
    for (const part of all) {
      for (const [index, entry] of part.entries.entries()) {
        if (!entry.isMoving) continue;
        const fresh = this.fetch(part.pair);
        if (this.isElsewhere(entry)) {
          this.removeEntry(fresh, index);
        } else {
          (fresh.entries[index] as Lfs1Entry).isMoving = false;
          fresh.commit(this.blocks);
        }
        this.isMended = false;
        this.consistent();
        return;
      }
    }
  }

  // ---- the volume --------------------------------------------------------------------------

  open(path: string, mode: OpenMode): OpenFile {
    if (mode.write) this.consistent();
    let target = this.find(path);
    if (target === null) throw new FileError(EISDIR);
    if (target.entry === null) {
      if (!mode.create) throw new FileError(ENOENT);
      this.checkName(target.name);
      this.append(target.part, newEntry(ENTRY.FILE, target.name, words(EMPTY.head, EMPTY.size)));
      target = this.find(path) as Target;
    } else if (mode.exclusive) {
      throw new FileError(EEXIST);
    }
    const { part, entry } = target;
    if (entry?.type !== ENTRY.FILE) throw new FileError(EISDIR);
    const { data } = entry;
    const content = mode.truncate ? EMPTY : { head: wordAt(data, 0), size: wordAt(data, 4) };
    const file = new LfsFile(this, mode, content, mode.truncate);
    this.handles.set(file, { pair: part.pair, index: part.entries.indexOf(entry) });
    return file;
  }

  touched(_file: LfsFile): void {}

  save(file: LfsFile): void {
    const handle = this.handles.get(file);
    const { content } = file;
    if (handle === undefined || handle.pair === null || content instanceof Uint8Array) return;
    const part = this.fetch(handle.pair);
    (part.entries[handle.index] as Lfs1Entry).data = words(content.head, content.size);
    part.commit(this.blocks);
  }

  closed(file: LfsFile): void {
    this.handles.delete(file);
  }

  private checkName(name: Uint8Array): void {
    if (name.length > NAME_MAX) throw new FileError(ENAMETOOLONG);
  }

  list(path: string): Iterator<VolumeEntry> {
    const target = this.find(path);
    if (target === null) return this.listing(this.root);
    if (target.entry === null) throw new FileError(ENOENT);
    if (target.entry.type !== ENTRY.FOLDER) throw new FileError(ENOTDIR);
    return this.listing(pairOf(target.entry.data));
  }

  private *listing(pair: Pair): Generator<VolumeEntry> {
    for (const part of this.parts(pair)) {
      for (const entry of part.entries) if (!this.isElsewhere(entry)) yield shown(entry);
    }
  }

  stat(path: string): VolumeStat {
    const target = this.find(path);
    if (target === null) return { directory: true, size: 0, modified: 0 };
    if (target.entry === null) throw new FileError(ENOENT);
    return { ...shown(target.entry), modified: 0 };
  }

  remove(path: string): void {
    this.consistent();
    const { part, entry } = this.existing(path);
    const folder = entry.type === ENTRY.FOLDER ? this.emptyFolder(entry) : null;
    this.removeEntry(part, part.entries.indexOf(entry));
    if (folder !== null) this.unthread(folder);
  }

  removeDirectory(path: string): void {
    this.remove(path);
  }

  private emptyFolder(entry: Lfs1Entry): Pair {
    const folder = this.fetch(pairOf(entry.data));
    if (folder.entries.length > 0 || folder.continues) throw new FileError(ENOTEMPTY);
    return folder.pair;
  }

  makeDirectory(path: string): void {
    this.consistent();
    const target = this.find(path);
    if (target === null || target.entry !== null) throw new FileError(EEXIST);
    this.checkName(target.name);
    this.allocator.settle();
    const { part, name } = target;
    const folder = this.create(part.tail);
    folder.commit(this.blocks);
    this.append(part, newEntry(ENTRY.FOLDER, name, words(...folder.pair)), folder.pair);
    this.allocator.settle();
  }

  rename(from: string, to: string): void {
    this.consistent();
    const source = this.existing(from);
    const target = this.find(to);
    if (target === null) throw new FileError(EINVAL);
    const { entry } = source;
    if (target.entry !== null && target.entry.type !== entry.type) {
      throw new FileError(target.entry.type === ENTRY.FOLDER ? EISDIR : ENOTDIR);
    }
    this.checkName(target.name);
    if (entry.type === ENTRY.FOLDER && this.isBelow(target.part.pair, pairOf(entry.data))) {
      throw new FileError(EINVAL);
    }
    const isSame =
      target.entry !== null &&
      shareBlock(target.part.pair, source.part.pair) &&
      target.part.entries.indexOf(target.entry) === source.part.entries.indexOf(entry);
    if (isSame) return;
    const replaced = target.entry?.type === ENTRY.FOLDER ? this.emptyFolder(target.entry) : null;
    const moved = { ...entry, name: target.name };
    // An interruption finds the entry at either place.
    entry.isMoving = true;
    source.part.commit(this.blocks);
    const part = this.fetch(target.part.pair);
    if (target.entry === null) {
      this.append(part, moved);
    } else {
      const index = target.part.entries.indexOf(target.entry);
      part.entries[index] = moved;
      part.commit(this.blocks);
    }
    this.removeMoving(source.part.pair);
    if (replaced !== null) this.unthread(replaced);
  }

  private removeMoving(pair: Pair): void {
    const part = this.fetch(pair);
    const index = part.entries.findIndex(({ isMoving }) => isMoving);
    if (index >= 0) this.removeEntry(part, index);
  }

  /** Whether a pair belongs to a directory or to one below it. */
  private isBelow(pair: Pair, folder: Pair): boolean {
    for (const part of this.parts(folder)) {
      if (shareBlock(part.pair, pair)) return true;
      for (const { type, data } of part.entries) {
        if (type === ENTRY.FOLDER && this.isBelow(pair, pairOf(data))) return true;
      }
    }
    return false;
  }

  enter(path: string): void {
    const target = this.find(path);
    if (target !== null && target.entry?.type !== ENTRY.FOLDER) throw new FileError(ENOENT);
    this.directory.enter(path);
  }

  get cwd(): string {
    return this.directory.text;
  }

  space(): VolumeSpace {
    let used = 0;
    for (const _ of this.usedBlocks()) used += 1;
    const { size, count } = this.blocks;
    return { blockSize: size, blocks: count, free: count - used, nameMax: NAME_MAX };
  }

  private *usedBlocks(): Generator<number> {
    for (const part of this.all()) {
      yield* part.pair;
      for (const { type, data } of part.entries) {
        if (type !== ENTRY.FILE) continue;
        yield* blocksOf(this.blocks, { head: wordAt(data, 0), size: wordAt(data, 4) });
      }
    }
    for (const file of this.handles.keys()) yield* file.unsavedBlocks();
  }
}

function newEntry(type: number, name: Uint8Array, data: Uint8Array): Lfs1Entry {
  return { type, isMoving: false, data, attributes: NOTHING, name };
}

function shown({ type, data, name }: Lfs1Entry): VolumeEntry {
  const directory = type === ENTRY.FOLDER;
  return { name: decodeUtf8(name), directory, size: directory ? 0 : wordAt(data, 4) };
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
