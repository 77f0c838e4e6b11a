/**
 * A block device written in Python (or by a board), as MicroPython's file systems call it:
 * `readblocks`, `writeblocks` and `ioctl`, or `sync` and `count` of the older protocol. Failures are
 * thrown as FileErrors with the number that the device gave.
 */

import { call } from "../core/call/call.js";
import { getattr, load } from "../core/class/attributes.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { FileError } from "../host/files.js";

const EINVAL = 22;
const EROFS = 30;

/** The requests of `ioctl`. */
const INIT = 1;
const SYNC = 3;
const BLOCK_COUNT = 4;
const BLOCK_SIZE = 5;
const BLOCK_ERASE = 6;

export class BlockDevice {
  private readonly readblocks: Value;
  private readonly writeblocks: Value | undefined;
  private readonly ioctl: Value | undefined;
  private readonly count: Value | undefined;
  /** `mount(..., readonly=True)` */
  readonly = false;

  constructor(private readonly device: Value) {
    this.readblocks = getattr(device, "readblocks");
    this.writeblocks = load(device, "writeblocks");
    this.ioctl = load(device, "ioctl");
    if (this.ioctl === undefined) this.count = getattr(device, "count");
  }

  get isWritable(): boolean {
    return this.writeblocks !== undefined && !this.readonly;
  }

  /** Whole blocks, by the standard protocol. */
  read(block: number, buffer: Uint8Array): void {
    check(call(this.readblocks, block, shared(buffer)));
  }

  write(block: number, data: Uint8Array): void {
    check(call(this.writer(), block, shared(data)));
  }

  /** Any part of a block, by the extended protocol. */
  readAt(block: number, offset: number, buffer: Uint8Array): void {
    check(call(this.readblocks, block, shared(buffer), offset));
  }

  writeAt(block: number, offset: number, data: Uint8Array): void {
    check(call(this.writer(), block, shared(data), offset));
  }

  /** Prepares the device; false when it says that it cannot work. */
  initialise(argument: number): boolean {
    const result = this.request(INIT, argument);
    return result === null || result === 0 || result === false;
  }

  sync(): void {
    const result = this.request(SYNC, 0);
    if (result !== null) check(result);
  }

  get blockCount(): number {
    return index(this.request(BLOCK_COUNT, 0));
  }

  /** null where the device leaves it at 512. */
  get blockSize(): number | null {
    const size = this.request(BLOCK_SIZE, 0);
    return size === null ? null : index(size);
  }

  erase(block: number): void {
    check(index(this.request(BLOCK_ERASE, block)));
  }

  private writer(): Value {
    if (!this.isWritable) throw new FileError(EROFS);
    return this.writeblocks;
  }

  private request(operation: number, argument: number): Value {
    if (this.ioctl !== undefined) return call(this.ioctl, operation, argument);
    if (operation === BLOCK_COUNT) return call(this.count);
    const sync = operation === SYNC ? load(this.device, "sync") : undefined;
    if (sync !== undefined) call(sync);
    return null;
  }
}

/** The buffer as the device sees it: it cannot change its size. */
function shared(buffer: Uint8Array): Value {
  return new MemoryView(buffer, "B", true);
}

/** None and 0 are success, negative numbers errors; anything else is a fault of the device. */
function check(result: Value): void {
  if (result === null) return;
  const number = index(result);
  if (number > 0) throw new FileError(EINVAL);
  if (number < 0) throw new FileError(-number);
}
