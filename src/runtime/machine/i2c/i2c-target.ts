/**
 * `machine.I2CTarget`: the program as a device on a bus that somebody else controls: another board, or
 * another unit of this one. With `mem` it is a memory with an address; without, its interrupt handler
 * answers byte by byte.
 */

import type { BusData } from "../../boards/board-data.js";
import { define } from "../../core/class/class.js";
import { checkArguments } from "../../core/class/sole-object.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/unary.js";
import { PRINT } from "../../core/slots.js";
import type { Value } from "../../core/values.js";
import { currentBoard, lineLabel, signalLine, unitOf } from "../bus-unit.js";
import { DriverIrq } from "../driver-irq.js";
import type { I2cDevice, PinLine } from "../hal.js";
import { takeFunction } from "../pin/pin-functions.js";
import { requireArguments } from "../port/port-arguments.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { hasUnitObjects, UnitObject } from "../unit-object.js";

const constants = {
  IRQ_ADDR_MATCH_READ: 1,
  IRQ_ADDR_MATCH_WRITE: 2,
  IRQ_READ_REQ: 4,
  IRQ_WRITE_REQ: 8,
  IRQ_END_READ: 16,
  IRQ_END_WRITE: 32,
} as const;
const END = constants.IRQ_END_READ | constants.IRQ_END_WRITE;
/** Those that must be answered before the transfer goes on. */
const HARD_ONLY =
  constants.IRQ_ADDR_MATCH_READ |
  constants.IRQ_ADDR_MATCH_WRITE |
  constants.IRQ_READ_REQ |
  constants.IRQ_WRITE_REQ;

/** What the bus sees. */
class TargetDevice implements I2cDevice {
  readonly inbox: number[] = [];
  readonly outbox: number[] = [];
  begun = 0;
  private state: "idle" | "matched" | "address" | "writing" | "reading" = "idle";
  private missing = 0;
  private at = 0;
  private offered = false;
  private ending = false;

  constructor(
    readonly address: number,
    private readonly memory: Uint8Array | null,
    private readonly addressBytes: number,
    private readonly irq: DriverIrq,
  ) {}

  answers(address: number): boolean {
    return address === this.address;
  }

  start(_address: number, read: boolean): boolean {
    this.end();
    // What was meant for a reader before is gone.
    this.outbox.length = 0;
    this.irq.$now(read ? constants.IRQ_ADDR_MATCH_READ : constants.IRQ_ADDR_MATCH_WRITE);
    if (!read) this.state = "matched";
    return true;
  }

  write(byte: number): boolean {
    const { memory } = this;
    if (memory === null) {
      this.state = "writing";
      this.inbox.push(byte);
      this.offer();
      return true;
    }
    if (this.state === "matched") {
      this.state = "address";
      this.at = 0;
      this.missing = this.addressBytes;
    }
    if (this.state === "address" && this.missing > 0) {
      this.at = this.at * 256 + byte;
      this.missing -= 1;
      if (this.missing === 0) this.begin(memory);
    } else {
      this.state = "writing";
      memory[this.at] = byte;
      this.at = (this.at + 1) % memory.length;
    }
    return true;
  }

  /** Asks the handler to take what has come; it is asked once, until somebody has taken something. */
  private offer(): void {
    while (this.inbox.length > 0 && !this.offered) {
      this.offered = true;
      if (this.irq.$now(constants.IRQ_WRITE_REQ)) continue;
      this.inbox.shift();
      this.offered = false;
    }
  }

  /** Bytes that have come, at most so many. */
  take(most: number): number[] {
    const bytes = this.inbox.splice(0, most);
    this.offered = false;
    if (this.ending && this.inbox.length === 0) this.end();
    return bytes;
  }

  read(): number {
    this.state = "reading";
    if (this.outbox.length === 0) this.ask();
    return this.outbox.shift() ?? 0;
  }

  /** The next byte, from the memory or from the handler. */
  private ask(): void {
    const { memory } = this;
    const isAnswered = this.irq.$now(constants.IRQ_READ_REQ);
    if (memory === null) {
      if (!isAnswered) this.outbox.push(0);
      return;
    }
    this.outbox.push(memory[this.at] as number);
    this.at = (this.at + 1) % memory.length;
  }

  stop(): void {
    // The last byte that is not acknowledged is taken for another request (ports/rp2, R_RX_DONE).
    if (this.state === "reading") this.ask();
    this.end();
  }

  /** Bytes that nobody has taken yet keep a transfer from ending. */
  private end(): void {
    const { state } = this;
    this.ending = state === "writing" && this.inbox.length > 0;
    if (this.ending) return;
    this.state = "idle";
    if (state === "reading") this.irq.$occurred(constants.IRQ_END_READ);
    else if (state === "matched" || state === "writing") {
      this.irq.$occurred(constants.IRQ_END_WRITE);
    }
  }

  private begin(memory: Uint8Array): void {
    this.at %= memory.length;
    this.begun = this.at;
  }
}

/** Ten bits. */
const MOST_ADDRESS = 0x3ff;

function targetUnit(id: Value): BusData {
  return unitOf("i2c", id, currentBoard().data.port === "stm32" ? "I2C" : "I2CTarget");
}

export class I2CTarget extends UnitObject {
  static readonly IRQ_ADDR_MATCH_READ = constants.IRQ_ADDR_MATCH_READ;
  static readonly IRQ_ADDR_MATCH_WRITE = constants.IRQ_ADDR_MATCH_WRITE;
  static readonly IRQ_READ_REQ = constants.IRQ_READ_REQ;
  static readonly IRQ_WRITE_REQ = constants.IRQ_WRITE_REQ;
  static readonly IRQ_END_READ = constants.IRQ_END_READ;
  static readonly IRQ_END_WRITE = constants.IRQ_END_WRITE;

  declare private $id: number;
  declare private $device: TargetDevice;
  declare private $scl: PinLine;
  declare private $sda: PinLine;
  declare private $ends: (() => void)[];
  declare private $handler: DriverIrq;

  static override $unit(id: Value, addr: Value): number | null {
    if (id !== undefined && currentBoard().data.port !== "stm32") index(id);
    requireArguments({ addr });
    index(addr);
    return hasUnitObjects() && id !== undefined ? targetUnit(id).id : null;
  }

  static override __new__(cls: Value, args: Value[] = [], more: Value = undefined): Value {
    checkArguments(cls, args, more);
    // An address that was given by its name has been looked at.
    return super.__new__(cls, [args[0], args[1] ?? 0]);
  }

  override __init__(
    id: Value = undefined,
    addr: Value = undefined,
    addrsize: Value = 7,
    mem: Value = null,
    mem_addrsize: Value = 8,
    scl: Value = undefined,
    sda: Value = undefined,
  ): Value {
    const { data } = currentBoard();
    requireArguments({ addr });
    const bits = index(mem_addrsize);
    const address = index(addr) & MOST_ADDRESS;
    index(addrsize);
    const unit = targetUnit(id ?? data.i2c[0]?.id ?? 0);
    if (this.$id !== undefined) I2CTarget.prototype.deinit.call(this);
    this.$id = unit.id;
    this.$handler = new DriverIrq(this);
    this.$scl = signalLine(unit, "scl", scl);
    this.$sda = signalLine(unit, "sda", sda);
    const memory = mem === null ? null : writableBytes(mem);
    if (memory !== null && (bits % 8 !== 0 || bits < 0 || bits > 32)) {
      throw new ValueError("mem_addrsize must be 0, 8, 16, 24 or 32");
    }
    this.$device = new TargetDevice(address, memory, bits / 8, this.$handler);
    for (const line of [this.$scl, this.$sda]) {
      line.configure("alt-open-drain", "up", 1);
      takeFunction(line, currentBoard().data.port, "I2C", null);
    }
    this.$ends = [
      this.$scl.connect("i2cClock", this.$device),
      this.$sda.connect("i2cData", this.$device),
    ];
    currentBoard().onReset(() => I2CTarget.prototype.deinit.call(this));
    return null;
  }

  /** Where in the memory the latest transfer began. */
  get memaddr(): number {
    return this.$device.begun;
  }

  deinit(): null {
    for (const end of this.$ends.splice(0)) end();
    return null;
  }

  /** Takes bytes that the controller has written; how many there were. */
  readinto(buf: Value): number {
    const into = writableBytes(buf);
    const bytes = this.$device.take(into.length);
    into.set(bytes);
    return bytes.length;
  }

  /** Bytes that the controller will read. */
  write(buf: Value): number {
    const bytes = bytesOf(buf);
    this.$device.outbox.push(...bytes);
    return bytes.length;
  }

  irq(handler: Value = null, trigger: Value = END, hard: Value = false): Value {
    if (arguments.length > 0) {
      const wanted = index(trigger);
      if (wanted & HARD_ONLY && !truth(hard)) throw new ValueError("hard IRQ required");
      this.$handler.$install(handler, wanted, truth(hard));
    }
    return this.$handler;
  }

  [PRINT](): string {
    return `I2CTarget(${this.$id}, addr=${this.$device.address}, scl=${lineLabel(this.$scl)}, sda=${lineLabel(this.$sda)})`;
  }
}
define(I2CTarget, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  attrs: { ...constants },
  methods: {
    __init__: "id=, addr=, *, addrsize=, mem=, mem_addrsize=, scl=, sda=",
    deinit: "",
    readinto: "buf, /",
    write: "buf, /",
    irq: "handler=, trigger=, hard=",
  },
});
portMembers(I2CTarget, "machine.I2CTarget");
portSignatures(I2CTarget, "machine.I2CTarget");
