/** `rp2.Flash`: the flash memory beside the program, as a block device. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { BlockMemory } from "../machine/block-memory.js";
import { currentBoard } from "../machine/bus-unit.js";

const BLOCK = 4096;
/** What a Pico leaves to the file system, of its 2 MiB. */
const OF_PICO = 1408 * 1024;

export class Flash extends PyObject {
  declare private $memory: BlockMemory;

  override __init__(start: Value = -1, len: Value = -1): Value {
    const whole = currentBoard().data.storage ?? OF_PICO;
    const from = index(start) === -1 ? 0 : index(start);
    if (from < 0 || from >= whole || from % BLOCK !== 0) throw new ValueError();
    const size = index(len) === -1 ? whole - from : index(len);
    if (size <= 0 || from + size > whole || size % BLOCK !== 0) throw new ValueError();
    this.$memory = new BlockMemory("rp2", from, size, BLOCK);
    return null;
  }

  readblocks(block_num: Value, buf: Value, offset: Value = undefined): null {
    return this.$memory.readblocks(block_num, buf, offset);
  }

  writeblocks(block_num: Value, buf: Value, offset: Value = undefined): null {
    return this.$memory.writeblocks(block_num, buf, offset);
  }

  ioctl(op: Value, arg: Value): Value {
    return this.$memory.ioctl(op, arg);
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
