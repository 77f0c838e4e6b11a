/**
 * Flash memory as a block device: what `rp2.Flash`, `pyb.Flash` and `esp32.Partition` read and write.
 * Its contents survive a reset of the board; every bit is 1 until it is written.
 */

import { OSError } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";
import { EIO } from "./errno.js";

const ERASED = 0xff;
const BLOCK_COUNT = 4;
const BLOCK_SIZE = 5;
const ERASE_BLOCK = 6;

export class BlockMemory {
  /** `offset` and `size` in bytes of the memory that is kept under `name`. */
  constructor(
    private readonly name: string,
    readonly offset: number,
    readonly size: number,
    readonly blockSize: number,
    private readonly outside: (start: number, size: number) => OSError = () => new OSError(EIO),
  ) {}

  /** The bytes, as they are now. */
  get bytes(): Uint8Array {
    const { backup } = currentBoard();
    const key = `flash ${this.name}`;
    let whole = backup.get(key) as Uint8Array | undefined;
    const end = this.offset + this.size;
    if (whole === undefined || whole.length < end) {
      const larger = new Uint8Array(end).fill(ERASED);
      if (whole !== undefined) larger.set(whole);
      whole = larger;
      backup.set(key, whole);
    }
    return whole.subarray(this.offset, end);
  }

  readblocks(block: Value, buf: Value, offset: Value = 0): null {
    const into = writableBytes(buf);
    into.set(this.part(block, offset, into.length));
    return null;
  }

  /** Without an offset the blocks are erased first; with one, bits can only become 0. */
  writeblocks(block: Value, buf: Value, offset: Value = undefined): null {
    const data = bytesOf(buf);
    const target = this.part(block, offset ?? 0, data.length);
    if (offset === undefined) target.set(data);
    else
      for (let i = 0; i < data.length; i++) target[i] = (target[i] as number) & (data[i] as number);
    return null;
  }

  ioctl(op: Value, argument: Value): Value {
    switch (index(op)) {
      case BLOCK_COUNT:
        return Math.floor(this.size / this.blockSize);
      case BLOCK_SIZE:
        return this.blockSize;
      case ERASE_BLOCK:
        return this.erase(argument);
      default:
        return index(op) >= 1 && index(op) <= 3 ? 0 : null;
    }
  }

  /** Zero, or what is wrong. */
  protected erase(block: Value): Value {
    this.part(block, 0, this.blockSize).fill(ERASED);
    return 0;
  }

  protected part(block: Value, offset: Value, length: number): Uint8Array {
    const start = index(block) * this.blockSize + index(offset);
    if (start < 0 || start + length > this.size) throw this.outside(start, this.size);
    return this.bytes.subarray(start, start + length);
  }
}
