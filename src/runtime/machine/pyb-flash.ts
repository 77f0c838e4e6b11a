/** `pyb.Flash`: the flash memory of the pyboard as a block device. */

import { define } from "../core/class.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { BlockMemory } from "./block-memory.js";

const BLOCK = 512;
const SIZE = 224 * 512;

export class Flash extends PyObject {
  declare private $memory: BlockMemory;
  /** It was asked for without a part of it. */
  declare private $isWhole: boolean;

  override __init__(start: Value = -1, len: Value = -1): Value {
    this.$isWhole = index(start) === -1 && index(len) === -1;
    if (index(start) < -1) throw new ValueError();
    const from = Math.max(0, index(start));
    const size = index(len) < 0 ? SIZE - from : index(len);
    if (from % BLOCK !== 0 || size % BLOCK !== 0 || size <= 0 || from + size > SIZE) {
      throw new ValueError();
    }
    this.$memory = new BlockMemory("pyboard", from, size, BLOCK);
    return null;
  }

  readblocks(block_num: Value, buf: Value, offset: Value = undefined): number {
    return errno(() => this.$memory.readblocks(block_num, buf, offset));
  }

  writeblocks(block_num: Value, buf: Value, offset: Value = undefined): number {
    return errno(() => this.$memory.writeblocks(block_num, buf, offset));
  }

  ioctl(op: Value, arg: Value): Value {
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
