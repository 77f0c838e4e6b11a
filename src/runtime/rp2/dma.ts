/** `rp2.DMA`: a channel that moves data beside the program, by the controller of dma-controller.ts. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Dict } from "../core/container/dict.js";
import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { addressSpace } from "../core/memory/address-space.js";
import { bufferOf } from "../core/memory/buffer.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import { DriverIrq } from "../machine/driver-irq.js";
import { EBUSY } from "../machine/errno.js";
import { controlFields, fieldOf, usualControl, withField } from "./dma-control.js";
import { dmaController, type Register } from "./dma-controller.js";
import { DmaRegisters } from "./dma-registers.js";
import { word } from "./dma-word.js";

const CLOSED = 0xff;
const READ_WORK = 50;

/** A channel's interrupt, which is not to be seen waiting: the chip's handler has taken it by then. */
class DmaIrq extends DriverIrq {
  override trigger(triggers: Value = undefined): number {
    super.trigger(triggers);
    return 0;
  }
}
define(DmaIrq, { name: "irq", builtin: true, methods: { trigger: "triggers=" } });

export class DMA extends PyObject {
  declare private $channel: number;
  declare private $irq: DriverIrq | undefined;
  /** What it reads and writes: an address alone keeps nothing alive. */
  declare private $buffers: Partial<Record<Register, Value>>;

  override __init__(): Value {
    const channel = dmaController().claim();
    if (channel === null) throw new OSError(EBUSY);
    this.$channel = channel;
    this.$irq = undefined;
    this.$buffers = {};
    return null;
  }

  /** The channel, if it was not given back. */
  private get $open(): number {
    if (this.$channel === CLOSED) throw new ValueError("channel closed");
    return this.$channel;
  }

  private $get(name: Register): number {
    interrupts().worked(READ_WORK);
    return dmaController().get(this.$open, name);
  }

  private $set(name: Register, value: Value, starts = false): void {
    const channel = this.$open;
    dmaController().set(channel, name, this.$wordOf(name, value), starts);
    this.$buffers[name] = value;
  }

  /** A number, or where the memory of an object is. */
  private $wordOf(name: Register, value: Value): number {
    if (name !== "read" && name !== "write") return word(value);
    if (typeof value === "string" && name === "read") {
      return addressSpace().addressOfText(value, encodeUtf8(value));
    }
    const buffer = bufferOf(value, name === "write");
    return buffer === null ? word(value) : addressSpace().addressOf(buffer.bytes);
  }

  get read(): Value {
    return this.$get("read");
  }

  set read(value: Value) {
    this.$set("read", value);
  }

  get write(): Value {
    return this.$get("write");
  }

  set write(value: Value) {
    this.$set("write", value);
  }

  get count(): Value {
    return this.$get("count");
  }

  set count(value: Value) {
    this.$set("count", value);
  }

  get ctrl(): Value {
    return this.$get("control");
  }

  set ctrl(value: Value) {
    this.$set("control", value);
  }

  /** 255 when it was given back. */
  get channel(): Value {
    return this.$channel;
  }

  get registers(): Value {
    return new DmaRegisters(this.$channel);
  }

  /** Sets registers; with `trigger` the last of them starts the channel. */
  config(
    read: Value = undefined,
    write: Value = undefined,
    count: Value = undefined,
    ctrl: Value = undefined,
    trigger: Value = undefined,
  ): null {
    const channel = this.$open;
    const given: [Register, Value][] = [
      ["read", read],
      ["write", write],
      ["count", count],
      ["control", ctrl],
    ];
    const values = given.filter(([, value]) => value !== undefined);
    const starts = trigger !== undefined && truth(trigger);
    if (starts && values.length === 0) dmaController().start(channel);
    values.forEach(([name, value], i) => {
      this.$set(name, value, starts && i === values.length - 1);
    });
    return null;
  }

  /** Whether it runs; with an argument: starts or stops it. */
  active(value: Value = undefined): boolean {
    const channel = this.$open;
    const controller = dmaController();
    if (value !== undefined && truth(value)) controller.start(channel);
    else if (value !== undefined) controller.abort(channel);
    interrupts().worked(READ_WORK);
    return controller.isBusy(channel);
  }

  pack_ctrl(others: Value[] = [], fields: Dict = new Dict()): Value {
    if (others.length > 0) throw new TypeError("pack_ctrl only takes keyword arguments");
    let control = usualControl(this.$channel);
    let known = 0;
    if (fields.has("default")) {
      known += 1;
      control = word(fields.get("default"));
    }
    for (const field of controlFields()) {
      if (!fields.has(field.name)) continue;
      known += 1;
      if (field.readOnly) continue;
      const value = word(fields.get(field.name));
      if (value >= 2 ** field.length) throw new ValueError("bad field value");
      control = withField(control, field, value);
    }
    if (known < fields.size) throw new TypeError();
    return control;
  }

  static unpack_ctrl(value: Value): Dict {
    const control = word(value);
    const fields = controlFields();
    const result = Dict.reserving(fields.length);
    for (const field of fields) result.set(field.name, fieldOf(control, field));
    return result;
  }

  /** The interrupt at the end of a sequence of transfers. */
  irq(handler: Value = undefined, hard: Value = undefined): Value {
    const irq = this.$irq ?? new DmaIrq(this);
    this.$irq = irq;
    if (handler === undefined && hard === undefined) return irq;
    const isSet = handler !== undefined && handler !== null;
    irq.$install(handler ?? null, isSet ? 1 : 0, hard !== undefined && truth(hard));
    dmaController().onEnd(this.$open, isSet ? () => irq.$occurred(1) : null);
    return irq;
  }

  /** Gives the channel back. */
  close(): null {
    if (this.$channel === CLOSED) return null;
    dmaController().release(this.$channel);
    this.$channel = CLOSED;
    this.$buffers = {};
    return null;
  }

  __del__(): null {
    return DMA.prototype.close.call(this);
  }

  [PRINT](): string {
    return `DMA(${this.$channel})`;
  }
}
define(DMA, {
  builtin: true,
  methods: {
    __init__: "",
    config: "*, read=, write=, count=, ctrl=, trigger=",
    active: "value=, /",
    pack_ctrl: "*others, **fields",
    irq: "handler=, hard=",
    close: "",
    __del__: "",
  },
  statics: { unpack_ctrl: "value, /" },
});
