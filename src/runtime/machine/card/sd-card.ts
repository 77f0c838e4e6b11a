/**
 * `machine.SDCard`, which is `pyb.SDCard` too: a card in the board's slot or on an ESP32's controllers, as a
 * block device. From ports/esp32/machine_sdcard.c and ports/stm32/sdcard.c; the generic board has
 * what both have, with the slots of an ESP32.
 */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { perContext } from "../../core/context.js";
import { Exception, type OSError, ValueError } from "../../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { requirePort } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/unary.js";
import { ByteArray } from "../../core/text/bytearray.js";
import { BARE, tup, type Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import { EIO } from "../errno.js";
import type { PinLine } from "../hal.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { BLOCK, CardSlot } from "./card-slot.js";
import { type EspSlot, espSlot } from "./esp-card-slots.js";

const INIT = 1;
const DEINIT = 2;
const SYNC = 3;
const BLOCK_COUNT = 4;
const BLOCK_SIZE = 5;
/** What `info` says of a card of more than 2 GB: `CARD_SDHC_SDXC`. */
const HIGH_CAPACITY = 1;

const isPyboard = (): boolean => currentBoard().data.port === "stm32";

/** The board's one slot, and whether its card is powered. */
const onBoard = perContext(() => ({ slot: boardSlot(), active: false }));

function boardSlot(): CardSlot {
  const board = currentBoard();
  const line = (contact: string): PinLine =>
    board.line(board.data.sockets?.["sd-card"]?.[contact] as string) as PinLine;
  const others = [
    ["cardData1", line("d1")],
    ["cardData2", line("d2")],
    ["cardData3", line("d3")],
  ] as const;
  return new CardSlot({
    clock: line("clk"),
    command: line("cmd"),
    data: line("d0"),
    others,
    detect: line("cd"),
    protect: null,
  });
}

export class SDCard extends PyObject {
  declare private $esp: EspSlot;
  declare private $ready: boolean;

  constructor(...args: Value[]) {
    super(...args);
    // biome-ignore lint/correctness/noConstructorReturn: a pyboard has one slot, and one object for it.
    if (args[0] !== BARE && new.target === SDCard && isPyboard()) return boardCard as this;
  }

  static override __new__(cls: Value, _args: Value[] = []): Value {
    return cls === SDCard && isPyboard() ? boardCard : new cls(BARE);
  }

  override __init__(others: Value[] = [], ...named: Value[]): Value {
    requirePort("machine", "SDCard");
    if (isPyboard()) return null;
    this.$esp = espSlot(others, named);
    this.$ready = false;
    return null;
  }

  private get $slot(): CardSlot {
    return isPyboard() ? onBoard().slot : this.$esp.slot;
  }

  /** Starts the card of an ESP32's slot if nobody has; null, or what is wrong. */
  private $start(): OSError | null {
    if (this.$ready) return null;
    const error = this.$esp.start();
    this.$ready = error === null;
    return error;
  }

  /** Powers the card in the board's slot; whether there is one. */
  private $power(): boolean {
    const state = onBoard();
    state.active ||= !state.slot.isEmpty && state.slot.card !== null && state.slot.isWhole;
    return state.active;
  }

  /** (bytes, bytes of a block), with the kind of card on a pyboard. */
  info(): Value {
    if (isPyboard()) {
      const { active } = onBoard();
      return active ? tup(this.$blocks * BLOCK, BLOCK, HIGH_CAPACITY) : null;
    }
    const error = this.$start();
    if (error !== null) throw error;
    return tup(this.$blocks * BLOCK, BLOCK);
  }

  private get $blocks(): number {
    return this.$slot.card?.blocks ?? 0;
  }

  readblocks(block_num: Value, buf: Value): Value {
    if (!isPyboard() && this.$start() !== null) return false;
    const into = writableBytes(buf);
    return this.$result(this.$slot.read(index(block_num), into));
  }

  writeblocks(block_num: Value, buf: Value): Value {
    if (!isPyboard() && this.$start() !== null) return false;
    const data = bytesOf(buf);
    if (isPyboard() && !onBoard().active) return -EIO;
    return this.$result(this.$slot.write(index(block_num), data));
  }

  private $result(done: boolean): number {
    return done && (!isPyboard() || onBoard().active) ? 0 : -EIO;
  }

  ioctl(op: Value, _arg: Value): Value {
    const isBoard = isPyboard();
    switch (index(op)) {
      case INIT:
        return (isBoard ? this.$power() : this.$start() === null) ? 0 : -1;
      case DEINIT:
        if (isBoard) onBoard().active = false;
        else this.$ready = false;
        return 0;
      case SYNC:
        return 0;
      case BLOCK_COUNT:
        if (isBoard) return onBoard().active ? this.$blocks : 0;
        return this.$start() === null ? this.$blocks : -1;
      case BLOCK_SIZE:
        return isBoard || this.$start() === null ? BLOCK : -1;
      default:
        return -1;
    }
  }

  /** Lets go of the controller or bus. */
  deinit(): null {
    this.$ready = false;
    this.$esp.release();
    return null;
  }

  /** Whether the switch of the slot feels a card. */
  present(): boolean {
    return isPyboard() ? !onBoard().slot.isEmpty : this.$slot.card !== null;
  }

  power(state: Value): boolean {
    if (!isPyboard()) return !truth(state) || this.$start() === null;
    if (truth(state)) return this.$power();
    onBoard().active = false;
    return true;
  }

  /** A block, as firmware read it before there was `readblocks`. */
  read(block_num: Value): Value {
    const into = new Uint8Array(BLOCK);
    const result = this.readblocks(block_num, new ByteArray(into));
    if (result !== 0) throw new Exception(`sdcard_read_blocks failed [${result}]`);
    return new ByteArray(into);
  }

  write(block_num: Value, data: Value): null {
    if (bytesOf(data).length % BLOCK !== 0) {
      throw new ValueError(`writes must be a multiple of ${BLOCK} bytes`);
    }
    const result = this.writeblocks(block_num, data);
    if (result !== 0) throw new Exception(`sdcard_write_blocks failed [${result}]`);
    return null;
  }
}
const SETTINGS = "slot=, width=, cd=, wp=, miso=, mosi=, sck=, cs=, cmd=, data=, freq=";
define(SDCard, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  methods: {
    __init__: `*others, ${SETTINGS}`,
    info: "",
    readblocks: "block_num, buf, /",
    writeblocks: "block_num, buf, /",
    ioctl: "op, arg, /",
    deinit: "",
    present: "",
    power: "state, /",
    read: "block_num, /",
    write: "block_num, data, /",
  },
});
portSignatures(SDCard, "machine.SDCard");
portMembers(SDCard, "machine.SDCard");

/** What a pyboard calls `pyb.SD`, and `SDCard()` gives. */
export const boardCard = new SDCard(BARE);
