/**
 * The sectors of a block device, one of which is held in memory; it is written back when another one
 * is looked at. What fails on the device is EIO, as with FatFs.
 */

import { FileError } from "../../host/files.js";
import type { BlockDevice } from "../block-device.js";

const EIO = 5;
const EROFS = 30;
const NONE = -1;

/** What it needs of a device. */
export type SectorDevice = Pick<BlockDevice, "read" | "write" | "blockCount" | "sync">;

export class Sectors {
  /** The sector in memory. */
  private buffer = new Uint8Array(0);
  private held = NONE;
  private changed = false;
  /** Called with a sector that was written: a second copy of the FAT follows the first. */
  onWritten: ((sector: number, data: Uint8Array) => void) | undefined;

  constructor(
    readonly device: SectorDevice,
    public size = 512,
  ) {}

  /** The bytes of a sector, until the next call. */
  at(sector: number): Uint8Array {
    if (sector === this.held) return this.buffer;
    this.flush();
    this.held = NONE;
    if (this.buffer.length !== this.size) this.buffer = new Uint8Array(this.size);
    attempt(() => this.device.read(sector, this.buffer));
    this.held = sector;
    return this.buffer;
  }

  view(sector: number): DataView {
    const { buffer, byteOffset, byteLength } = this.at(sector);
    return new DataView(buffer, byteOffset, byteLength);
  }

  /** A sector that is about to be filled: it is not read. */
  blank(sector: number): Uint8Array {
    this.flush();
    if (this.buffer.length !== this.size) this.buffer = new Uint8Array(this.size);
    this.buffer.fill(0);
    this.held = sector;
    this.changed = true;
    return this.buffer;
  }

  /** The sector in memory was changed. */
  touch(): void {
    this.changed = true;
  }

  forget(): void {
    this.held = NONE;
    this.changed = false;
  }

  flush(): void {
    if (!this.changed) return;
    const { held, buffer } = this;
    attempt(() => this.device.write(held, buffer));
    this.changed = false;
    this.onWritten?.(held, buffer);
  }

  /** Whole sectors in a row, beside the one in memory. */
  read(sector: number, buffer: Uint8Array): void {
    const count = buffer.length / this.size;
    if (this.changed && this.held >= sector && this.held < sector + count) this.flush();
    attempt(() => this.device.read(sector, buffer));
  }

  write(sector: number, data: Uint8Array): void {
    const count = data.length / this.size;
    attempt(() => this.device.write(sector, data));
    if (this.held >= sector && this.held < sector + count) this.forget();
  }
}

function attempt(operation: () => void): void {
  try {
    operation();
  } catch (error) {
    if (error instanceof FileError) throw new FileError(error.errno === EROFS ? EROFS : EIO);
    throw error;
  }
}
