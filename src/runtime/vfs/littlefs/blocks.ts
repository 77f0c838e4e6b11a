/**
 * The blocks of a device as littlefs uses them: read in any part, programmed in units, erased before
 * they are programmed again. Also what both versions of the format compute of them.
 */

import type { BlockDevice } from "../block-device.js";

export interface LfsOptions {
  readSize: number;
  progSize: number;
  lookahead: number;
}

export class Blocks {
  readonly size: number;
  readonly count: number;
  readonly readSize: number;
  readonly progSize: number;
  /** How much of a file is held in memory. */
  readonly cacheSize: number;

  constructor(
    readonly device: BlockDevice,
    { readSize, progSize }: LfsOptions,
  ) {
    device.initialise(1);
    this.size = device.blockSize ?? 0;
    this.count = device.blockCount;
    this.readSize = readSize;
    this.progSize = progSize;
    this.cacheSize = Math.min(this.size, 4 * Math.max(readSize, progSize));
  }

  /** Part of a block; more is read where the device's units demand it. */
  read(block: number, offset: number, length: number): Uint8Array {
    const start = offset - (offset % this.readSize);
    const end = Math.min(this.size, roundUp(offset + length, this.readSize));
    const bytes = new Uint8Array(end - start);
    this.device.readAt(block, start, bytes);
    return bytes.subarray(offset - start, offset - start + length);
  }

  readWord(block: number, offset: number): number {
    const { buffer, byteOffset } = this.read(block, offset, 4);
    return new DataView(buffer, byteOffset).getUint32(0, true);
  }

  /** Programs whole units and looks whether they hold; false when they do not. */
  program(block: number, offset: number, data: Uint8Array): boolean {
    const padded = new Uint8Array(roundUp(data.length, this.progSize)).fill(0xff);
    padded.set(data);
    this.device.writeAt(block, offset, padded);
    const held = this.read(block, offset, data.length);
    return held.every((byte, at) => byte === data[at]);
  }
}

export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

const POLYNOMIAL = [
  0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
  0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
] as const;

/** CRC-32 without a last inversion; starts with all ones. */
export function crc32(bytes: Uint8Array, start = 0xffffffff): number {
  let crc = start;
  for (const byte of bytes) {
    crc = (crc >>> 4) ^ (POLYNOMIAL[(crc ^ byte) & 15] as number);
    crc = (crc >>> 4) ^ (POLYNOMIAL[(crc ^ (byte >> 4)) & 15] as number);
  }
  return crc >>> 0;
}

/** Words as they are on the device. */
export function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setUint32(4 * at, value, true);
  });
  return bytes;
}

export function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
