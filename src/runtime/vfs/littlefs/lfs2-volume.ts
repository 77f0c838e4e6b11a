/** A littlefs file system of version 2 (on the device: 2.1, reading 2.0) on a block device. */

import { encodeUtf8 } from "../../core/text/utf8.js";
import { FileError, type OpenFile, type OpenMode } from "../../host/files.js";
import type { BlockDevice } from "../block-device.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "../volume.js";
import { Allocator } from "./allocator.js";
import { Blocks, type LfsOptions, wordAt, words } from "./blocks.js";
import { blocksOf } from "./ctz-list.js";
import { type FileOwner, LfsFile } from "./lfs-file.js";
import { LfsDirectoryPath } from "./lfs-path.js";
import { contentOf, listOf, shown } from "./lfs2-entry.js";
import { Lfs2Metadata } from "./lfs2-metadata.js";
import { Lfs2PathLookup, type Target } from "./lfs2-path-lookup.js";
import {
  CORRUPT,
  combine,
  entryTags,
  type GlobalState,
  type LfsEntry,
  MetadataPair,
  NO_STATE,
  type Pair,
  PairContents,
  pairOf,
  shareBlock,
} from "./metadata-pair.js";
import { NO_ID, TAG, type Tag } from "./metadata-tag.js";

const ENOENT = 2;
const EEXIST = 17;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const ENOSPC = 28;
const ENAMETOOLONG = 36;
const ENOTEMPTY = 39;
const NAME_MAX = 255;
const FILE_MAX = 0x7fffffff;
const ATTRIBUTE_MAX = 0x3fe;
const VERSION = 0x00020001;
const MAGIC = encodeUtf8("littlefs");
/** The attribute in which MicroPython notes the time: nanoseconds since 1970 in eight bytes. */
const MODIFIED = TAG.ATTRIBUTE + 1;
const NOTHING = new Uint8Array(0);

interface Lfs2Options extends LfsOptions {
  /** Note the time of changes. */
  mtime: boolean;
}

export class Lfs2Volume implements Volume, FileOwner {
  readonly blocks: Blocks;
  readonly allocator: Allocator;
  readonly inlineMax: number;
  private readonly metadata: Lfs2Metadata;
  private readonly directory = new LfsDirectoryPath();
  private readonly paths: Lfs2PathLookup;
  /** The device has an older version, which the first change must raise. */
  private isOld = false;

  constructor(
    readonly device: BlockDevice,
    private readonly options: Lfs2Options,
    /** Nanoseconds since 1970. */
    private readonly now: () => bigint,
  ) {
    this.blocks = new Blocks(device, options);
    this.allocator = new Allocator(this.blocks.count, () => this.usedBlocks());
    this.metadata = new Lfs2Metadata(this.blocks, this.allocator);
    this.paths = new Lfs2PathLookup(this.metadata, this.directory);
    this.inlineMax = Math.min(
      this.blocks.cacheSize,
      ATTRIBUTE_MAX,
      Math.floor(this.blocks.size / 8),
    );
  }

  format(): void {
    const { metadata, blocks } = this;
    if (blocks.count < 2) throw new FileError(ENOSPC);
    const root = new MetadataPair([1, 0], blocks.readWord(1, 0), new PairContents(), null);
    const data = words(VERSION, blocks.size, blocks.count, NAME_MAX, FILE_MAX, ATTRIBUTE_MAX);
    metadata.commit(root, [
      { type: TAG.CREATE, id: 0, data: NOTHING },
      { type: TAG.SUPERBLOCK, id: 0, data: MAGIC },
      { type: TAG.INLINE, id: 0, data },
    ]);
    metadata.renew(root);
  }

  mount(): void {
    const { metadata } = this;
    let state: GlobalState = NO_STATE;
    let isFound = false;
    for (const pair of metadata.all()) {
      const [entry] = pair.entries;
      if (entry?.kind === TAG.SUPERBLOCK) {
        metadata.root = pair.blocks;
        this.readSuperblock(entry.structure.data);
        isFound = true;
      }
      state = combine(state, pair.contents.state);
    }
    if (!isFound) throw new FileError(CORRUPT);
    metadata.setState(state);
  }

  private readSuperblock(data: Uint8Array): void {
    if (data.length < 24) throw new FileError(CORRUPT);
    const [version, size, count, nameMax, fileMax, attributeMax] = [0, 4, 8, 12, 16, 20].map((at) =>
      wordAt(data, at),
    ) as [number, number, number, number, number, number];
    const isKnown = version >>> 16 === VERSION >>> 16 && (version & 0xffff) <= (VERSION & 0xffff);
    const fits = size === this.blocks.size && count === this.blocks.count;
    const limits = nameMax <= NAME_MAX && fileMax <= FILE_MAX && attributeMax <= ATTRIBUTE_MAX;
    if (!isKnown || !fits || !limits) throw new FileError(EINVAL);
    this.isOld = version !== VERSION;
  }

  /** Before the first change: what was interrupted is mended, an old version raised. */
  private consistent(): void {
    const { metadata } = this;
    if (this.isOld) {
      const root = metadata.fetch(metadata.root);
      const old = root.entries[0]?.structure.data ?? NOTHING;
      const data = old.slice();
      data.set(words(VERSION));
      metadata.commit(root, [{ type: TAG.INLINE, id: 0, data }]);
      this.isOld = false;
    }
    metadata.mend();
  }

  open(path: string, mode: OpenMode): OpenFile {
    if (mode.write) this.consistent();
    let target = this.paths.find(path);
    if (target === null) throw new FileError(EISDIR);
    if (target.entry === null) {
      if (!mode.create) throw new FileError(ENOENT);
      if (path.endsWith("/")) throw new FileError(ENOTDIR);
      this.checkName(target.name);
      const { pair, id, name } = target;
      this.metadata.commit(pair, [
        { type: TAG.CREATE, id, data: NOTHING },
        { type: TAG.FILE, id, data: name },
        { type: TAG.INLINE, id, data: NOTHING },
      ]);
      target = this.paths.find(path) as Target;
    } else if (mode.exclusive) {
      throw new FileError(EEXIST);
    }
    const { entry, pair, id } = target;
    if (entry?.kind !== TAG.FILE) throw new FileError(EISDIR);
    const content = mode.truncate ? NOTHING : contentOf(entry);
    const notes = mode.write && this.options.mtime;
    const file = new LfsFile(this, mode, content, mode.truncate || notes);
    if (notes) this.touched(file);
    this.metadata.handles.set(file, { pair: pair.blocks, id });
    return file;
  }

  touched(file: LfsFile): void {
    if (!this.options.mtime) return;
    file.modified = new Uint8Array(8);
    new DataView(file.modified.buffer).setBigUint64(0, this.now(), true);
  }

  save(file: LfsFile): void {
    const handle = this.metadata.handles.get(file);
    // The entry is gone: so is what was written.
    if (handle === undefined || handle.pair === null) return;
    const { id } = handle;
    const { content, modified } = file;
    const structure: Tag =
      content instanceof Uint8Array
        ? { type: TAG.INLINE, id, data: content }
        : { type: TAG.BLOCK_LIST, id, data: words(content.head, content.size) };
    const tags =
      modified === null ? [structure] : [structure, { type: MODIFIED, id, data: modified }];
    this.metadata.commit(this.metadata.fetch(handle.pair), tags);
  }

  closed(file: LfsFile): void {
    this.metadata.handles.delete(file);
  }

  private checkName(name: Uint8Array): void {
    if (name.length > NAME_MAX) throw new FileError(ENAMETOOLONG);
  }

  list(path: string): Iterator<VolumeEntry> {
    const target = this.paths.find(path);
    if (target !== null && target.entry === null) throw new FileError(ENOENT);
    if (target?.entry != null && target.entry.kind !== TAG.FOLDER) throw new FileError(ENOTDIR);
    const pair = target?.entry == null ? this.metadata.root : pairOf(target.entry.structure.data);
    return this.listing(pair);
  }

  /** Reads each part when it is come to. */
  private *listing(pair: Pair): Generator<VolumeEntry> {
    for (const part of this.metadata.parts(pair)) {
      for (const entry of part.entries) {
        if (entry.kind !== TAG.SUPERBLOCK && !entry.isMoved) yield shown(entry);
      }
    }
  }

  stat(path: string): VolumeStat {
    const target = this.paths.find(path);
    if (target === null) return { directory: true, size: 0, modified: 0 };
    if (target.entry === null) throw new FileError(ENOENT);
    const { directory, size } = shown(target.entry);
    const time = target.entry.attributes.get(MODIFIED);
    const ns =
      time?.length === 8 ? new DataView(time.buffer, time.byteOffset).getBigUint64(0, true) : 0n;
    return { directory, size, modified: Number(ns / 1_000_000_000n) };
  }

  remove(path: string): void {
    this.consistent();
    const { metadata } = this;
    const { pair, id, entry } = this.paths.existing(path);
    const isFolder = entry.kind === TAG.FOLDER;
    const folder = isFolder ? this.emptyFolder(entry) : null;
    if (folder !== null) metadata.markOrphans(true);
    metadata.commit(pair, [{ type: TAG.DELETE, id, data: NOTHING }]);
    if (folder !== null) this.forgetFolder(folder);
  }

  removeDirectory(path: string): void {
    this.remove(path);
  }

  private emptyFolder(entry: LfsEntry): Pair {
    const folder = this.metadata.fetch(pairOf(entry.structure.data));
    if (folder.entries.length > 0 || folder.isSplit) throw new FileError(ENOTEMPTY);
    return folder.blocks;
  }

  private forgetFolder(pair: Pair): void {
    const { metadata } = this;
    metadata.markOrphans(false);
    const before = metadata.before(pair);
    if (before === undefined) throw new FileError(CORRUPT);
    metadata.drop(before, metadata.fetch(pair));
  }

  makeDirectory(path: string): void {
    this.consistent();
    const { metadata } = this;
    const target = this.paths.find(path);
    if (target === null || target.entry !== null) throw new FileError(EEXIST);
    this.checkName(target.name);
    this.allocator.settle();
    const folder = metadata.create();
    const { pair, id, name } = target;
    let last = pair;
    while (last.isSplit) last = metadata.fetch(last.tail);
    metadata.commit(folder, [{ type: TAG.SOFT_TAIL, id: NO_ID, data: words(...last.tail) }]);
    const tail: Tag = { type: TAG.SOFT_TAIL, id: NO_ID, data: words(...folder.blocks) };
    if (pair.isSplit) {
      metadata.markOrphans(true);
      metadata.commit(last, [tail]);
      metadata.markOrphans(false);
    }
    metadata.commit(pair, [
      { type: TAG.CREATE, id, data: NOTHING },
      { type: TAG.FOLDER, id, data: name },
      { type: TAG.FOLDER_PAIR, id, data: words(...folder.blocks) },
      ...(pair.isSplit ? [] : [tail]),
    ]);
    this.allocator.settle();
  }

  rename(from: string, to: string): void {
    this.consistent();
    const { metadata } = this;
    const source = this.paths.existing(from);
    const target = this.paths.find(to);
    if (target === null) throw new FileError(EINVAL);
    const isSame = shareBlock(source.pair.blocks, target.pair.blocks);
    let sourceId = source.id;
    let folder: Pair | null = null;
    if (target.entry === null) {
      if (to.endsWith("/") && source.entry.kind !== TAG.FOLDER) throw new FileError(ENOTDIR);
      this.checkName(target.name);
      if (isSame && target.id <= sourceId) sourceId += 1;
    } else if (target.entry.kind !== source.entry.kind) {
      throw new FileError(target.entry.kind === TAG.FOLDER ? EISDIR : ENOTDIR);
    } else if (isSame && target.id === source.id) {
      return;
    } else if (target.entry.kind === TAG.FOLDER) {
      folder = this.emptyFolder(target.entry);
    }
    if (source.entry.kind === TAG.FOLDER && this.paths.isBelow(target.pair.blocks, source.entry)) {
      throw new FileError(EINVAL);
    }
    if (folder !== null) metadata.markOrphans(true);
    if (!isSame) metadata.markMove({ pair: source.pair.blocks, id: sourceId });
    const { id } = target;
    const moved = { ...source.entry, name: target.name };
    metadata.commit(target.pair, [
      ...(target.entry === null ? [] : [{ type: TAG.DELETE, id, data: NOTHING }]),
      { type: TAG.CREATE, id, data: NOTHING },
      ...entryTags(moved, id),
      ...(isSame ? [{ type: TAG.DELETE, id: sourceId, data: NOTHING }] : []),
    ]);
    if (!isSame) {
      const old = this.metadata.fetch(source.pair.blocks);
      metadata.markMove(null);
      metadata.commit(old, [{ type: TAG.DELETE, id: sourceId, data: NOTHING }]);
    }
    if (folder !== null) this.forgetFolder(folder);
  }

  enter(path: string): void {
    const target = this.paths.find(path);
    if (target !== null && target.entry?.kind !== TAG.FOLDER) throw new FileError(ENOENT);
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

  /** Every block that something refers to; those of directories twice, as littlefs counts them. */
  private *usedBlocks(): Generator<number> {
    const { blocks, metadata } = this;
    for (const pair of metadata.all()) {
      yield* pair.blocks;
      for (const { kind, structure } of pair.entries) {
        if (structure.type === TAG.BLOCK_LIST) yield* blocksOf(blocks, listOf(structure.data));
        else if (kind === TAG.FOLDER) yield* pairOf(structure.data);
      }
    }
    for (const file of metadata.handles.keys()) yield* file.unsavedBlocks();
  }
}
