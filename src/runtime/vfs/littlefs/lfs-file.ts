/**
 * An open file of littlefs. Nothing of a file is overwritten: what is written goes to new blocks, and
 * the directory refers to them when the file is flushed or closed. Small files of version 2 are kept
 * in the directory itself.
 */

import { FileError, type OpenFile, type OpenMode } from "../../host/files.js";
import type { Allocator } from "./allocator.js";
import { type Blocks, wordAt } from "./blocks.js";
import { blocksOf, type CtzList, EMPTY, find, NULL, place, pointerCount } from "./ctz-list.js";

const EBADF = 9;
const EINVAL = 22;
const EFBIG = 27;
const LARGEST = 0x7fffffff;

/** What a file needs of the file system that it is in. */
export interface FileOwner {
  readonly blocks: Blocks;
  readonly allocator: Allocator;
  /** The largest file that is kept in its directory; -1: none is. */
  readonly inlineMax: number;
  /** Makes the directory refer to the file as it is now. */
  save(file: LfsFile): void;
  closed(file: LfsFile): void;
  /** The file is being written. */
  touched(file: LfsFile): void;
}

/** The block that is being filled. */
interface Filling {
  block: number;
  index: number;
  bytes: Uint8Array;
  offset: number;
}

export class LfsFile implements OpenFile {
  readonly keepsBack = true;
  /** Bytes 8 of the time of the last change, where it is noted. */
  modified: Uint8Array | null = null;
  private position = 0;
  private filling: Filling | null = null;
  private hasFailed = false;
  /** A piece of the file in memory, for reading. */
  private piece: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) };

  constructor(
    private readonly owner: FileOwner,
    readonly mode: OpenMode,
    /** The content: a list of blocks, or (inline) the bytes themselves. */
    public content: CtzList | Uint8Array,
    /** The directory does not say what the file is now. */
    public isDirty: boolean,
  ) {}

  private get savedSize(): number {
    return this.content instanceof Uint8Array ? this.content.length : this.content.size;
  }

  get size(): number {
    return this.filling === null ? this.savedSize : Math.max(this.position, this.savedSize);
  }

  /** Blocks that are the file's, though no directory says so. */
  *unsavedBlocks(): Generator<number> {
    const { blocks } = this.owner;
    const { content, filling } = this;
    if (this.isDirty && !(content instanceof Uint8Array)) yield* blocksOf(blocks, content);
    if (filling === null) return;
    yield filling.block;
    if (filling.index === 0) return;
    let block = wordAt(filling.bytes, 0);
    for (let index = filling.index - 1; ; index--) {
      yield block;
      if (index === 0) return;
      block = blocks.readWord(block, 0);
    }
  }

  read(buffer: Uint8Array): number {
    if (!this.mode.read) throw new FileError(EBADF);
    this.finish();
    const count = Math.max(0, Math.min(buffer.length, this.savedSize - this.position));
    this.copy(this.content, this.position, buffer.subarray(0, count));
    this.position += count;
    return count;
  }

  /** What of the piece in memory comes next. */
  ahead = (): Uint8Array | null => {
    if (this.filling !== null || !this.mode.read) return null;
    const { piece, position, content } = this;
    if (content instanceof Uint8Array) return content.subarray(position);
    const at = position - piece.start;
    if (at < 0 || at >= piece.bytes.length) {
      if (position >= content.size) return null;
      this.load(content, position);
    }
    return this.piece.bytes.subarray(position - this.piece.start);
  };

  private copy(content: CtzList | Uint8Array, position: number, buffer: Uint8Array): void {
    if (content instanceof Uint8Array) {
      buffer.set(content.subarray(position, position + buffer.length));
      return;
    }
    for (let done = 0; done < buffer.length; ) {
      const at = position + done - this.piece.start;
      if (at < 0 || at >= this.piece.bytes.length) {
        this.load(content, position + done);
        continue;
      }
      const bytes = this.piece.bytes.subarray(at, at + buffer.length - done);
      buffer.set(bytes, done);
      done += bytes.length;
    }
  }

  /** Brings the piece that begins with this byte into memory. */
  private load(content: CtzList, position: number): void {
    const { blocks } = this.owner;
    const { block, offset } = find(blocks, content, position);
    const count = Math.min(blocks.cacheSize, blocks.size - offset, content.size - position);
    this.piece = { start: position, bytes: blocks.read(block, offset, count) };
  }

  private forgetPiece(): void {
    this.piece = { start: 0, bytes: new Uint8Array(0) };
  }

  write(data: Uint8Array): number {
    if (!this.mode.write) throw new FileError(EBADF);
    if (this.mode.append && this.position < this.size) this.seek(0, 2);
    if (this.position + data.length > LARGEST) throw new FileError(EFBIG);
    this.owner.touched(this);
    this.forgetPiece();
    return this.guarded(() => {
      // A gap behind the end is filled with zeros.
      if (this.filling === null && this.position > this.savedSize) {
        const gap = new Uint8Array(this.position - this.savedSize);
        this.position = this.savedSize;
        this.put(gap);
      }
      this.put(data);
      this.isDirty = true;
      return data.length;
    });
  }

  private put(data: Uint8Array): void {
    const { content, position } = this;
    const end = position + data.length;
    if (content instanceof Uint8Array) {
      if (Math.max(end, content.length) <= this.owner.inlineMax) {
        const grown = new Uint8Array(Math.max(end, content.length));
        grown.set(content);
        grown.set(data, position);
        this.content = grown;
        this.position = end;
        return;
      }
      this.outline(content);
    }
    const { blocks } = this.owner;
    for (let done = 0; done < data.length; ) {
      const filling = this.current();
      const count = Math.min(data.length - done, blocks.size - filling.offset);
      filling.bytes.set(data.subarray(done, done + count), filling.offset);
      filling.offset += count;
      this.position += count;
      done += count;
      if (filling.offset === blocks.size) this.program(filling);
    }
  }

  /** The file has become too large for its directory. */
  private outline(bytes: Uint8Array): void {
    const { blocks, allocator } = this.owner;
    allocator.settle();
    const filling = {
      block: allocator.allocate(),
      index: 0,
      bytes: new Uint8Array(blocks.size).fill(0xff),
      offset: this.position,
    };
    filling.bytes.set(bytes.subarray(0, this.position));
    this.filling = filling;
    this.content = EMPTY;
  }

  /** The block to write to: the one that is being filled, or a new one that continues it. */
  private current(): Filling {
    const { blocks, allocator } = this.owner;
    const { filling, position } = this;
    if (filling !== null && filling.offset < blocks.size) return filling;
    const content = this.content as CtzList;
    const last =
      filling?.block ?? (position === 0 ? NULL : find(blocks, content, position - 1).block);
    allocator.settle();
    const block = allocator.allocate();
    const bytes = new Uint8Array(blocks.size).fill(0xff);
    let next: Filling = { block, index: 0, bytes, offset: 0 };
    if (position > 0) {
      const { index, offset } = place(blocks.size, position - 1);
      if (offset + 1 < blocks.size) {
        bytes.set(blocks.read(last, 0, offset + 1));
        next = { block, index, bytes, offset: offset + 1 };
      } else {
        const pointers = pointerCount(index + 1);
        const view = new DataView(bytes.buffer);
        let to = last;
        for (let n = 0; n < pointers; n++) {
          view.setUint32(4 * n, to, true);
          if (n < pointers - 1) to = blocks.readWord(to, 4 * n);
        }
        next = { block, index: index + 1, bytes, offset: 4 * pointers };
      }
    }
    this.filling = next;
    return next;
  }

  /** Writes a block, to another one where it does not hold. */
  private program(filling: Filling): void {
    const { blocks, allocator } = this.owner;
    for (;;) {
      blocks.device.erase(filling.block);
      const data = filling.bytes.subarray(0, filling.offset);
      if (blocks.program(filling.block, 0, data)) return;
      filling.block = allocator.allocate();
    }
  }

  seek(offset: number, whence: 0 | 1 | 2): number {
    const base = whence === 0 ? 0 : whence === 1 ? this.position : this.size;
    const target = base + offset;
    if (target < 0 || target > LARGEST) throw new FileError(EINVAL);
    if (target === this.position) return target;
    this.finish();
    this.position = target;
    return target;
  }

  /** Ends writing: what follows in the old file is copied, and the last block programmed. */
  private finish(): void {
    const { filling, position } = this;
    if (filling === null) return;
    this.guarded(() => {
      const old = this.content as CtzList;
      const chunk = new Uint8Array(Math.min(this.owner.blocks.size, 4096));
      while (this.position < old.size) {
        const piece = chunk.subarray(0, Math.min(chunk.length, old.size - this.position));
        this.copy(old, this.position, piece);
        this.put(piece);
      }
      const last = this.filling as Filling;
      if (last.offset < this.owner.blocks.size) this.program(last);
      this.content = { head: last.block, size: this.position };
      this.filling = null;
      this.isDirty = true;
      this.position = position;
      this.forgetPiece();
    });
  }

  flush(): void {
    this.finish();
    if (!this.isDirty) return;
    this.guarded(() => {
      this.owner.blocks.device.sync();
      this.owner.save(this);
    });
    this.isDirty = false;
    this.hasFailed = false;
  }

  close(): void {
    try {
      // A file that failed is left as the directory has it.
      if (!this.hasFailed) this.flush();
    } finally {
      this.owner.closed(this);
    }
  }

  private guarded<T>(operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      this.hasFailed = true;
      throw error;
    }
  }
}
