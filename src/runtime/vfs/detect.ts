/** Finds out which file system a block device holds: what `vfs.mount(device, path)` mounts. */

import { call } from "../core/call/call.js";
import { BaseException } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";
import { FileError } from "../host/files.js";
import { BlockDevice } from "./block-device.js";
import { VfsFat } from "./vfs-fat.js";
import { VfsLfs1, VfsLfs2 } from "./vfs-lfs.js";

/** The part of a block in which littlefs has its name, and where that is in the two versions. */
const START = 8;
const LENGTH = 44;
const NAME = "littlefs";
const NAME_1 = 32;
const NAME_2 = 0;

/** A file system of the kind that the device holds; FAT when it is neither version of littlefs. */
export function detect(device: Value): Value {
  return littlefs(device) ?? call(VfsFat, device);
}

function littlefs(device: Value): Value | undefined {
  try {
    const blocks = new BlockDevice(device);
    // Either of the first two blocks may have been lost.
    for (const block of [0, 1]) {
      const bytes = readStart(blocks, block);
      if (bytes === null) continue;
      if (hasName(bytes, NAME_1)) return call(VfsLfs1, device);
      if (hasName(bytes, NAME_2)) return call(VfsLfs2, device);
    }
  } catch (error) {
    // A device that cannot read parts of blocks, or a damaged file system: it is no littlefs.
    if (!(error instanceof BaseException)) throw error;
  }
  return undefined;
}

function readStart(blocks: BlockDevice, block: number): Uint8Array | null {
  const bytes = new Uint8Array(LENGTH);
  try {
    blocks.readAt(block, START, bytes);
    return bytes;
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}

function hasName(bytes: Uint8Array, at: number): boolean {
  return [...NAME].every((letter, n) => bytes[at + n] === letter.charCodeAt(0));
}
