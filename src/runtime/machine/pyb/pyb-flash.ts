/** `pyb.Flash`: the flash memory of the pyboard as a block device. */

import { define } from "../../core/class/class.js";
import { SoleObject } from "../../core/class/sole-object.js";
import { OSError, ValueError } from "../../core/exception/exceptions.js";
import { bytesOf } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { BARE, type Value } from "../../core/values.js";
import { BlockMemory } from "../block-memory.js";

const BLOCK = 512;
const SIZE = 224 * 512;

/** Of the whole flash, with what stands before the part that is files. */
const ALL_BLOCKS = 480;
const BLOCK_COUNT = 4;

/** Sectors are changed in memory and then written as they are (flashbdev.c), so that nothing need be erased. */
class CachedMemory extends BlockMemory {
  override writeblocks(block: Value, buf: Value, offset: Value = 0): null {
    const data = bytesOf(buf);
    this.part(block, offset, data.length).set(data);
    return null;
  }

  protected override erase(_block: Value): Value {
    return 0;
  }
}

export class Flash extends SoleObject {
  declare private $memory: BlockMemory;
  /** It was asked for without a part of it. */
  declare private $isWhole: boolean;

  /** There is one object for the whole, and a new one for each part. */
  static override $unit(start: Value = -1, len: Value = -1): number | null {
    return start === -1 && len === -1 ? 0 : null;
  }

  static override __new__(cls: Value, args: Value[] = [], more: Value = undefined): Value {
    const parts: Value[] = more === undefined ? [] : [...more.values()];
    return parts.every((part) => part === -1) ? super.__new__(cls, args) : new cls(BARE);
  }

  override __init__(start: Value = -1, len: Value = -1): Value {
    this.$isWhole = index(start) === -1 && index(len) === -1;
    if (index(start) < -1) throw new ValueError();
    const from = Math.max(0, index(start));
    const size = index(len) < 0 ? SIZE - from : index(len);
    if (from % BLOCK !== 0 || size % BLOCK !== 0 || size <= 0 || from + size > SIZE) {
      throw new ValueError();
    }
    this.$memory = new CachedMemory("pyboard", from, size, BLOCK);
    return null;
  }

  readblocks(block_num: Value, buf: Value, offset: Value = undefined): number {
    return errno(() => this.$memory.readblocks(block_num, buf, offset));
  }

  writeblocks(block_num: Value, buf: Value, offset: Value = undefined): number {
    return errno(() => this.$memory.writeblocks(block_num, buf, offset));
  }

  ioctl(op: Value, arg: Value): Value {
    if (this.$isWhole && index(op) === BLOCK_COUNT) return ALL_BLOCKS;
    return this.$memory.ioctl(op, arg);
  }

  [PRINT](): string {
    if (this.$isWhole) return "Flash()";
    return `Flash(start=${this.$memory.offset}, len=${this.$memory.size})`;
  }
}
/** What goes wrong with a block is a number that is given back: 0 is nothing. */
function errno(transfer: () => null): number {
  try {
    transfer();
    return 0;
  } catch (error) {
    if (error instanceof OSError) return -index(error.args[0]);
    throw error;
  }
}

define(Flash, {
  builtin: true,
  methods: {
    __init__: "*, start=, len=",
    readblocks: "block_num, buf, offset=, /",
    writeblocks: "block_num, buf, offset=, /",
    ioctl: "op, arg, /",
  },
});
