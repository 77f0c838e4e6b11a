/** `esp32.Partition`: the parts of the flash memory, as block devices. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { PRINT } from "../core/slots.js";
import { isInt, tup, type Value } from "../core/values.js";
import { BlockMemory } from "../machine/block-memory.js";
import { EINVAL, ENOENT } from "../machine/errno.js";
import { textOf } from "../network/names.js";

const constants = { BOOT: 0, RUNNING: 1, TYPE_APP: 0, TYPE_DATA: 1 } as const;
const ANY = 0xff;
const BLOCK = 4096;

interface Entry {
  type: number;
  subtype: number;
  address: number;
  size: number;
  label: string;
}

/** The table of a module with 4 MiB. */
const TABLE: readonly Entry[] = [
  { type: 1, subtype: 2, address: 0x9000, size: 0x6000, label: "nvs" },
  { type: 1, subtype: 1, address: 0xf000, size: 0x1000, label: "phy_init" },
  { type: 0, subtype: 0, address: 0x10000, size: 0x1f0000, label: "factory" },
  { type: 1, subtype: 0x81, address: 0x200000, size: 0x200000, label: "vfs" },
];
const INVALID_SIZE = [-260, "ESP_ERR_INVALID_SIZE"] as const;
const NOT_FOUND = [-261, "ESP_ERR_NOT_FOUND"] as const;
const FACTORY = TABLE[2] as Entry;

/** No partition tells the boot loader what to start. */
function numbered(id: number): Entry | undefined {
  if (id === constants.RUNNING) return FACTORY;
  if (id === constants.BOOT) return undefined;
  throw new ValueError();
}

function labelled(name: string): Entry | undefined {
  return TABLE.find(({ label }) => label === name);
}

/** Only whole blocks of the flash can be erased, and writing erases first. */
class EspMemory extends BlockMemory {
  override writeblocks(block: Value, buf: Value, offset: Value = undefined): null {
    const { length } = bytesOf(buf);
    if (offset === undefined && this.blockSize >= BLOCK) {
      this.part(block, 0, length);
      if (length % BLOCK !== 0) throw new OSError(...INVALID_SIZE);
    }
    return super.writeblocks(block, buf, offset);
  }

  protected override erase(block: Value): Value {
    return this.blockSize === BLOCK ? super.erase(block) : -EINVAL;
  }
}

export class Partition extends PyObject {
  static readonly BOOT = constants.BOOT;
  static readonly RUNNING = constants.RUNNING;
  static readonly TYPE_APP = constants.TYPE_APP;
  static readonly TYPE_DATA = constants.TYPE_DATA;

  declare private $entry: Entry;
  declare private $memory: BlockMemory;

  override __init__(id: Value, block_size: Value = BLOCK): Value {
    const entry = isInt(id) ? numbered(index(id)) : labelled(textOf(id));
    const blockSize = index(block_size) & 0xffff;
    if (entry === undefined) throw new OSError(ENOENT);
    this.$entry = entry;
    this.$memory = new EspMemory("esp32", entry.address, entry.size, blockSize, outside);
    return null;
  }

  static find(
    type: Value = constants.TYPE_APP,
    subtype: Value = ANY,
    label: Value = null,
    block_size: Value = BLOCK,
  ): Value[] {
    const name = label === null ? null : textOf(label);
    // A subtype means nothing without its type.
    if (index(type) === ANY && index(subtype) !== ANY) return [];
    return TABLE.filter(
      (entry) =>
        (index(type) === ANY || entry.type === index(type)) &&
        (index(subtype) === ANY || entry.subtype === index(subtype)) &&
        (name === null || entry.label === name),
    ).map((entry) => new Partition(entry.label, block_size));
  }

  /** (type, subtype, address, size, label, encrypted) */
  info(): Value {
    const { type, subtype, address, size, label } = this.$entry;
    return tup(type, subtype, address, size, label, false);
  }

  readblocks(block_num: Value, buf: Value, offset: Value = undefined): null {
    return this.$memory.readblocks(block_num, buf, offset);
  }

  writeblocks(block_num: Value, buf: Value, offset: Value = undefined): null {
    return this.$memory.writeblocks(block_num, buf, offset);
  }

  ioctl(cmd: Value, arg: Value): Value {
    return this.$memory.ioctl(cmd, arg);
  }

  /** The table has no partition that would tell the boot loader of another one. */
  set_boot(): null {
    const { type } = this.$entry;
    if (type !== constants.TYPE_APP) throw new OSError(-5379, "ESP_ERR_OTA_VALIDATE_FAILED");
    throw new OSError(...NOT_FOUND);
  }

  /** There is one program only: no next one to update. */
  get_next_update(): Value {
    throw new OSError(ENOENT);
  }

  static mark_app_valid_cancel_rollback(): void {
    throw new OSError(...NOT_FOUND);
  }

  [PRINT](): string {
    const { type, subtype, address, size, label } = this.$entry;
    const place = `address=${address}, size=${size}`;
    return `<Partition type=${type}, subtype=${subtype}, ${place}, label=${label}, encrypted=0>`;
  }
}
define(Partition, {
  builtin: true,
  attrs: { ...constants },
  statics: {
    find: "type=, subtype=, label=, block_size=",
    mark_app_valid_cancel_rollback: "",
  },
  methods: {
    __init__: "id, block_size=, /",
    info: "",
    readblocks: "block_num, buf, offset=, /",
    writeblocks: "block_num, buf, offset=, /",
    ioctl: "cmd, arg, /",
    set_boot: "",
    get_next_update: "",
  },
});

/** What ESP-IDF says about a place that is not in the partition. */
function outside(start: number, size: number): OSError {
  return start < 0 || start > size
    ? new OSError(-258, "ESP_ERR_INVALID_ARG")
    : new OSError(...INVALID_SIZE);
}
