/**
 * `machine.I2S`: sound in and out. What is written takes the time that playing it takes; what is read
 * is silence. As in extmod/machine_i2s.c it blocks, calls back, or (once it was polled) takes and gives
 * what its buffer allows.
 */

import { stm32Functions } from "../boards/names/stm32-functions.js";
import { callable } from "../builtins/attributes.js";
import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { current } from "../core/context.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { writableBytes } from "../core/memory/buffer.js";
import { constantNamed, requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../io/pollable.js";
import { writtenPart } from "../io/written-part.js";
import { currentBoard, lineLabel } from "./bus-unit.js";
import { EINVAL, ENOMEM, EPERM } from "./errno.js";
import type { Board } from "./hal.js";
import { lineOf, Pin } from "./pin/pin.js";
import { takeFunction } from "./pin/pin-functions.js";
import { portMembers } from "./port/port-members.js";
import { UnitObject } from "./unit-object.js";

const PATH = "machine.I2S";
/** Bytes that go between the buffer and the pins at a time. */
const PIECE = 256;

/** An ESP32 makes 256 times the rate of a clock that it divides by up to 255. */
const ESP32_CLOCK = 160_000_000;
const ESP32_MULTIPLE = 256;
const invalidArg = (): OSError => new OSError(-258, "ESP_ERR_INVALID_ARG");

/** What ESP-IDF says to a rate, and to a buffer that no memory is large enough for. */
function checkEsp32(rate: number, ibuf: number): void {
  const master = (rate * ESP32_MULTIPLE) >>> 0;
  if (ibuf < 0) throw new OSError(ENOMEM, "ESP_ERR_NO_MEM");
  if (ESP32_CLOCK <= Math.fround(Math.fround(master) * Math.fround(1.99))) throw invalidArg();
  if (ESP32_CLOCK / master >= ESP32_MULTIPLE) throw invalidArg();
}
/** What an STM32 calls the signals, by the names that messages have for them. */
const STM32_SIGNALS = { SCK: "CK", WS: "WS", SD: "SD" } as const;

function checkStm32Pins(pins: Record<keyof typeof STM32_SIGNALS, Value>): void {
  for (const name of Object.keys(STM32_SIGNALS) as (keyof typeof STM32_SIGNALS)[]) {
    const pin = pins[name];
    if (!(pin instanceof Pin)) throw new ValueError(`${name} not a Pin type`);
    const first = stm32Functions(pin.$line.data.name).find(({ kind }) => kind === "I2S");
    if (first?.signal !== STM32_SIGNALS[name]) throw new ValueError(`invalid ${name} pin`);
  }
}

export class I2S extends UnitObject {
  declare static readonly RX: number;
  declare static readonly TX: number;
  declare static readonly MONO: number;
  declare static readonly STEREO: number;

  declare private $id: number;
  declare private $host: Host;
  declare private $board: Board;
  declare private $queue: Interrupts;
  declare private $sending: boolean;
  declare private $byteRate: number;
  declare private $capacity: number;
  declare private $sampleSize: number;
  declare private $handler: Value;
  /** It was polled: transfers do not wait. */
  declare private $isPolled: boolean;
  /** It was given back; an ESP32 then has no channel to use. */
  declare private $isOff: boolean;
  /** For its print: pins, mode, bits, format, rate, buffer. */
  declare private $settings: (string | number)[];
  /** When what was written so far has been played, or what was asked for recorded. */
  declare private $busyUntil: number;

  static override $unit(id: Value): number | null {
    requirePort("machine", "I2S");
    const unit = index(id);
    const { port, i2sUnits = 2 } = currentBoard().data;
    // The pyboard's second unit is the one that can do it.
    const isUnit = port === "stm32" ? unit === 2 : unit >= 0 && unit < i2sUnits;
    if (!isUnit) throw new ValueError("invalid id");
    return unit;
  }

  override __init__(id: Value, ...settings: Value[]): Value {
    this.$id = I2S.$unit(id) as number;
    this.$host = current().host as Host;
    this.$board = currentBoard();
    this.$queue = interrupts();
    return this.$set(settings);
  }

  init(...settings: Value[]): null {
    return this.$set(settings);
  }

  private $set(settings: Value[]): null {
    const [sck, ws, sd, mode, bits, format, rate, ibuf] = settings;
    const { port } = currentBoard().data;
    if (port === "stm32") checkStm32Pins({ SCK: sck, WS: ws, SD: sd });
    if (port === "rp2" && lineOf(ws).data.number !== (lineOf(sck).data.number ?? 0) + 1) {
      throw new ValueError("invalid ws (must be sck+1)");
    }
    for (const pin of [sck, ws, sd]) {
      lineOf(pin).configure("alt", null, null);
      takeFunction(lineOf(pin), port, "I2S");
    }
    const kind = port === "esp32" ? (index(mode) << 24) >> 24 : index(mode);
    const direction = constantNamed(PATH, ["RX", "TX"], kind);
    if (direction === undefined) throw new ValueError("invalid mode");
    this.$sending = direction === "TX";
    const size = oneOf(index(bits), [16, 32], "invalid bits");
    const channels = oneOf(index(format), [0, 1], "invalid format") + 1;
    if (port === "stm32" && index(rate) <= 0) throw new OSError("I2S init failed");
    if (port === "esp32") checkEsp32(index(rate), index(ibuf));
    this.$sampleSize = (channels * size) / 8;
    this.$byteRate = index(rate) * this.$sampleSize;
    this.$capacity = index(ibuf);
    const least = port === "rp2" || port === "stm32" ? 1 : 0;
    if (this.$capacity < least) throw new ValueError("invalid ibuf");
    const pins = [sck, ws, sd].map((pin) => lineLabel(lineOf(pin)));
    this.$settings = [...pins, kind, size, channels - 1, index(rate), this.$capacity];
    this.$handler = null;
    this.$isPolled = false;
    this.$isOff = false;
    this.$busyUntil = this.$host.now();
    return null;
  }

  deinit(): null {
    this.$isOff = true;
    return null;
  }

  /** With a callback writing and reading return at once; it is called when the program's buffer is done with. */
  irq(handler: Value): null {
    if (handler !== null && !callable(handler)) throw new ValueError("invalid callback");
    this.$handler = handler;
    this.$isPolled = false;
    return null;
  }

  /** Of what is given, so many bytes, or those behind an offset. */
  *write(buf: Value, most: Value = undefined, count: Value = undefined): Waiting {
    const { length } = writtenPart(buf, most, count);
    if (length > 0) this.$checkOn();
    if (!this.$sending) throw new OSError(EPERM);
    const taken = this.$isPolled ? Math.min(length, this.$room()) : length;
    this.$board.report(`I2S(${this.$id})`, "played", taken);
    return yield* this.$transfer(taken, this.$capacity);
  }

  *readinto(buf: Value, nbytes: Value = undefined): Waiting {
    const all = writableBytes(buf);
    const memory = all.subarray(0, nbytes === undefined ? all.length : index(nbytes));
    if (this.$sending) throw new OSError(EPERM);
    if (memory.length > 0) this.$checkOn();
    if (memory.length % this.$sampleSize !== 0) throw new OSError(EINVAL);
    const count = this.$isPolled ? Math.min(memory.length, this.$recorded()) : memory.length;
    memory.fill(0, 0, count);
    if (this.$isPolled) {
      this.$busyUntil += this.$duration(count);
      return count;
    }
    return yield* this.$transfer(count, 0);
  }

  /** Scales samples by 6 dB for each step. */
  static shift(buf: Value, bits: Value, shift: Value): null {
    const memory = writableBytes(buf);
    const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    const size = oneOf(index(bits), [16, 32], "invalid bits") / 8;
    const by = index(shift);
    for (let at = 0; at + size <= memory.length; at += size) {
      const sample = size === 2 ? view.getInt16(at, true) : view.getInt32(at, true);
      const scaled = by >= 0 ? sample << by : sample >> -by;
      if (size === 2) view.setInt16(at, scaled, true);
      else view.setInt32(at, scaled, true);
    }
    return null;
  }

  [PRINT](): string {
    const [sck, ws, sd, mode, bits, format, rate, ibuf] = this.$settings;
    const pins = `I2S(id=${this.$id},\nsck=${sck},\nws=${ws},\nsd=${sd},\n`;
    return `${pins}mode=${mode},\nbits=${bits}, format=${format},\nrate=${rate}, ibuf=${ibuf})`;
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => {
        if ((flags & (this.$sending ? POLLIN : POLLOUT)) !== 0) throw new OSError(EPERM);
        this.$isPolled = true;
        return this.$host.now() >= this.$readyAt ? flags & (POLLIN | POLLOUT) : 0;
      },
      watch: (notify) => {
        const alarm = this.$board.at(Math.max(this.$host.now(), this.$readyAt), notify);
        return () => alarm.cancel();
      },
    };
  }

  /** When the buffer has room, or something in it, for a transfer between it and the pins. */
  private get $readyAt(): number {
    const piece = this.$duration(Math.min(PIECE, this.$capacity));
    return this.$sending
      ? this.$busyUntil - this.$duration(this.$capacity) + piece
      : this.$busyUntil + piece;
  }

  private $checkOn(): void {
    if (this.$isOff && this.$board.data.port === "esp32") throw invalidArg();
  }

  /** Milliseconds that so many bytes sound. */
  private $duration(count: number): number {
    return (count * 1000) / this.$byteRate;
  }

  /** How many bytes the buffer takes now. */
  private $room(): number {
    const waiting = Math.max(0, this.$busyUntil - this.$host.now());
    return this.$samples(this.$capacity - (waiting * this.$byteRate) / 1000);
  }

  /** How many bytes the buffer has; what was too much for it is lost. */
  private $recorded(): number {
    const now = this.$host.now();
    this.$busyUntil = Math.max(this.$busyUntil, now - this.$duration(this.$capacity));
    return this.$samples(((now - this.$busyUntil) * this.$byteRate) / 1000);
  }

  private $samples(bytes: number): number {
    return Math.max(0, Math.floor(bytes / this.$sampleSize)) * this.$sampleSize;
  }

  /** Lets the time of so many bytes pass, but for those that the buffer takes. */
  private *$transfer(count: number, buffered: number): Waiting {
    if (count === 0) return 0;
    const { $host: host } = this;
    this.$busyUntil = Math.max(this.$busyUntil, host.now()) + this.$duration(count);
    const ready = this.$busyUntil - this.$duration(buffered);
    if (this.$handler !== null && !this.$isPolled) {
      const { $handler: handler } = this;
      const due = Math.max(host.now(), ready);
      this.$board.at(due, () => this.$queue.schedule(handler, this));
      return count;
    }
    while (host.now() < ready) yield new Wait(ready);
    return count;
  }
}

function oneOf(value: number, allowed: readonly number[], message: string): number {
  if (!allowed.includes(value)) throw new ValueError(message);
  return value;
}

const SETTINGS = "*, sck!, ws!, sd!, mode!: int, bits!: int, format!: int, rate!: int, ibuf!: int";
define(I2S, {
  builtin: true,
  statics: { shift: "*, buf!, bits!: int, shift!: int" },
  methods: {
    __init__: `id, /, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    irq: "handler, /",
    write: "buf, most=, count=, /",
    readinto: "buf, nbytes=, /",
  },
  blocking: ["write", "readinto"],
});
portMembers(I2S, PATH);
