/** A littlefs file system of version 1 on a block device. */

import { decodeUtf8, encodeUtf8 } from "../../core/text/utf8.js";
import { FileError, type OpenFile, type OpenMode } from "../../host/files.js";
import type { BlockDevice } from "../block-device.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "../volume.js";
import { Allocator } from "./allocator.js";
import { Blocks, type LfsOptions, wordAt, words } from "./blocks.js";
import { blocksOf, EMPTY } from "./ctz-list.js";
import { type FileOwner, LfsFile } from "./lfs-file.js";
import { LfsDirectoryPath, namesOf } from "./lfs-path.js";
import { CORRUPT, ENTRY, fetchDirectory, Lfs1Directory, type Lfs1Entry } from "./lfs1-directory.js";
import { isEqual, Lfs1Metadata, SUPERBLOCK } from "./lfs1-metadata.js";
import { NO_PAIR, type Pair, pairOf, shareBlock } from "./metadata-pair.js";

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

/** Where a path leads: the part of a directory that has, or would get, its entry. */
interface Target {
  readonly part: Lfs1Directory;
  readonly entry: Lfs1Entry | null;
  readonly name: Uint8Array;
}

export class Lfs1Volume implements Volume, FileOwner {
  readonly blocks: Blocks;
  readonly allocator: Allocator;
  readonly inlineMax = -1;
  private readonly metadata: Lfs1Metadata;
  private readonly directory = new LfsDirectoryPath();

  constructor(
    readonly device: BlockDevice,
    options: LfsOptions,
  ) {
    this.blocks = new Blocks(device, options);
    this.allocator = new Allocator(this.blocks.count, () => this.usedBlocks());
    this.metadata = new Lfs1Metadata(this.blocks, this.allocator);
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
    this.metadata.root = pairOf(entry.data);
  }

  private find(path: string): Target | null {
    const names = namesOf(this.directory.absolute(path)) ?? [];
    let pair = this.metadata.root;
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
    for (const part of this.metadata.parts(pair)) {
      for (const entry of part.entries) {
        const isNamed = entry.type === ENTRY.FILE || entry.type === ENTRY.FOLDER;
        if (!isNamed || !isEqual(entry.name, name)) continue;
        if (!this.metadata.isElsewhere(entry)) return { part, entry, name };
      }
      last = part;
    }
    return { part: last as Lfs1Directory, entry: null, name };
  }

  private existing(path: string): Target & { entry: Lfs1Entry } {
    const target = this.find(path);
    if (target === null) throw new FileError(EINVAL);
    if (target.entry === null) throw new FileError(ENOENT);
    return target as Target & { entry: Lfs1Entry };
  }

  open(path: string, mode: OpenMode): OpenFile {
    if (mode.write) this.metadata.mend();
    let target = this.find(path);
    if (target === null) throw new FileError(EISDIR);
    if (target.entry === null) {
      if (!mode.create) throw new FileError(ENOENT);
      this.checkName(target.name);
      this.metadata.append(
        target.part,
        newEntry(ENTRY.FILE, target.name, words(EMPTY.head, EMPTY.size)),
      );
      target = this.find(path) as Target;
    } else if (mode.exclusive) {
      throw new FileError(EEXIST);
    }
    const { part, entry } = target;
    if (entry?.type !== ENTRY.FILE) throw new FileError(EISDIR);
    const { data } = entry;
    const content = mode.truncate ? EMPTY : { head: wordAt(data, 0), size: wordAt(data, 4) };
    const file = new LfsFile(this, mode, content, mode.truncate);
    this.metadata.handles.set(file, { pair: part.pair, index: part.entries.indexOf(entry) });
    return file;
  }

  touched(_file: LfsFile): void {}

  save(file: LfsFile): void {
    const handle = this.metadata.handles.get(file);
    const { content } = file;
    if (handle === undefined || handle.pair === null || content instanceof Uint8Array) return;
    const part = this.metadata.fetch(handle.pair);
    (part.entries[handle.index] as Lfs1Entry).data = words(content.head, content.size);
    part.commit(this.blocks);
  }

  closed(file: LfsFile): void {
    this.metadata.handles.delete(file);
  }

  private checkName(name: Uint8Array): void {
    if (name.length > NAME_MAX) throw new FileError(ENAMETOOLONG);
  }

  list(path: string): Iterator<VolumeEntry> {
    const target = this.find(path);
    if (target === null) return this.listing(this.metadata.root);
    if (target.entry === null) throw new FileError(ENOENT);
    if (target.entry.type !== ENTRY.FOLDER) throw new FileError(ENOTDIR);
    return this.listing(pairOf(target.entry.data));
  }

  private *listing(pair: Pair): Generator<VolumeEntry> {
    for (const part of this.metadata.parts(pair)) {
      for (const entry of part.entries) if (!this.metadata.isElsewhere(entry)) yield shown(entry);
    }
  }

  stat(path: string): VolumeStat {
    const target = this.find(path);
    if (target === null) return { directory: true, size: 0, modified: 0 };
    if (target.entry === null) throw new FileError(ENOENT);
    return { ...shown(target.entry), modified: 0 };
  }

  remove(path: string): void {
    this.metadata.mend();
    const { part, entry } = this.existing(path);
    const folder = entry.type === ENTRY.FOLDER ? this.emptyFolder(entry) : null;
    this.metadata.removeEntry(part, part.entries.indexOf(entry));
    if (folder !== null) this.metadata.unthread(folder);
  }

  removeDirectory(path: string): void {
    this.remove(path);
  }

  private emptyFolder(entry: Lfs1Entry): Pair {
    const folder = this.metadata.fetch(pairOf(entry.data));
    if (folder.entries.length > 0 || folder.continues) throw new FileError(ENOTEMPTY);
    return folder.pair;
  }

  makeDirectory(path: string): void {
    this.metadata.mend();
    const target = this.find(path);
    if (target === null || target.entry !== null) throw new FileError(EEXIST);
    this.checkName(target.name);
    this.allocator.settle();
    const { part, name } = target;
    const folder = this.metadata.create(part.tail);
    folder.commit(this.blocks);
    this.metadata.append(part, newEntry(ENTRY.FOLDER, name, words(...folder.pair)), folder.pair);
    this.allocator.settle();
  }

  rename(from: string, to: string): void {
    this.metadata.mend();
    const source = this.existing(from);
    const target = this.find(to);
    if (target === null) throw new FileError(EINVAL);
    const { entry } = source;
    if (target.entry !== null && target.entry.type !== entry.type) {
      throw new FileError(target.entry.type === ENTRY.FOLDER ? EISDIR : ENOTDIR);
    }
    this.checkName(target.name);
    if (
      entry.type === ENTRY.FOLDER &&
      this.metadata.isBelow(target.part.pair, pairOf(entry.data))
    ) {
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
    const part = this.metadata.fetch(target.part.pair);
    if (target.entry === null) {
      this.metadata.append(part, moved);
    } else {
      const index = target.part.entries.indexOf(target.entry);
      part.entries[index] = moved;
      part.commit(this.blocks);
    }
    this.metadata.removeMoving(source.part.pair);
    if (replaced !== null) this.metadata.unthread(replaced);
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
    for (const part of this.metadata.all()) {
      yield* part.pair;
      for (const { type, data } of part.entries) {
        if (type !== ENTRY.FILE) continue;
        yield* blocksOf(this.blocks, { head: wordAt(data, 0), size: wordAt(data, 4) });
      }
    }
    for (const file of this.metadata.handles.keys()) yield* file.unsavedBlocks();
  }
}

function newEntry(type: number, name: Uint8Array, data: Uint8Array): Lfs1Entry {
  return { type, isMoving: false, data, attributes: NOTHING, name };
}

function shown({ type, data, name }: Lfs1Entry): VolumeEntry {
  const directory = type === ENTRY.FOLDER;
  return { name: decodeUtf8(name), directory, size: directory ? 0 : wordAt(data, 4) };
}
