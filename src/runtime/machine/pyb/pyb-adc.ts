/** `pyb.ADC`: reads a voltage as 12 bits, once or at a rate. `pyb.ADCAll`: every channel, and the chip's own. */

import { blocking, type Waiting } from "../../core/blocking/blocking.js";
import { Wait } from "../../core/blocking/wait.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { current } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { asArray } from "../../core/iteration/iteration.js";
import { requireBuffer } from "../../core/memory/buffer.js";
import { asNumber, index } from "../../core/number/numbers.js";
import { str } from "../../core/repr.js";
import { PRINT } from "../../core/slots.js";
import { isInt, toFloat, type Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { AnalogInput, innerVolts, SUPPLY } from "../adc/analog-input.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { lineOf } from "../pin/pin.js";
import { Timer } from "./pyb-timer.js";

const BITS = 12;
const CHANNELS = 19;
const TEMPERATURE = 25;
const REFERENCE = 1.21;
const ALL_CHANNELS = 0xffffffff;

export class PybADC extends AnalogInput {
  declare private $pin: Value;
  declare private $channel: number;

  /** `pin`: a pin, or the number of a channel. */
  override __init__(pin: Value): Value {
    const { analog } = currentBoard().data;
    const lines = (analog ?? []).map((id) => currentBoard().line(id) as PinLine);
    if (isInt(pin)) {
      this.$channel = index(pin);
      if (this.$channel < 0 || this.$channel >= CHANNELS) {
        throw new ValueError(`not a valid ADC Channel: ${this.$channel}`);
      }
      this.$line = lines[this.$channel] ?? null;
      this.$inner = String(currentBoard().data.analogChannels[this.$channel]);
    } else {
      const line = lineOf(pin);
      this.$channel = lines.indexOf(line);
      if (this.$channel < 0) {
        throw new ValueError(`Pin(${line.data.name}) doesn't have ADC capabilities`);
      }
      this.$line = line;
    }
    this.$pin = pin;
    this.$line?.configure("analog", "none", null);
    return null;
  }

  /** 0 to 4095. */
  read(): number {
    return this.$measure(BITS);
  }

  /** Fills the buffer with samples, one each time the timer overflows; or so many in a second. */
  *read_timed(buf: Value, timer: Value): Waiting {
    yield* sample([[this, buf]], timer);
    return requireBuffer(buf, true).bytes.length;
  }

  static readonly read_timed_multi = blocking(function* (
    adcs: Value,
    bufs: Value,
    timer: Value,
  ): Waiting {
    const [sources, buffers] = [asArray(adcs), asArray(bufs)];
    if (sources.length < 1) throw new ValueError("need at least 1 ADC");
    if (sources.length !== buffers.length) {
      throw new ValueError("length of ADC and buffer lists differ");
    }
    const [first, ...others] = buffers.map((buffer) => {
      const { bytes, typecode } = requireBuffer(buffer, true);
      return `${bytes.length} of ${typecode}`;
    });
    if (others.some((other) => other !== first)) {
      throw new ValueError("size and type of buffers must match");
    }
    if (!(timer instanceof Timer)) throw new ValueError("need a Timer object");
    yield* sample(
      sources.map((adc, i) => [adc as PybADC, buffers[i]]),
      timer,
    );
    return true;
  });

  [PRINT](): string {
    return `<ADC on ${str(this.$pin)} channel=${this.$channel}>`;
  }
}
define(PybADC, {
  name: "ADC",
  builtin: true,
  statics: { read_timed_multi: "adcs, bufs, timer, /" },
  methods: { __init__: "pin, /", read: "", read_timed: "buf, timer, /" },
  blocking: ["read_timed"],
});

function* sample(pairs: readonly (readonly [PybADC, Value])[], timer: Value): Waiting<void> {
  const host = current().host as Host;
  if (!isInt(timer) && !(timer instanceof Timer)) throw new ValueError("need a Timer object");
  const hertz = isInt(timer) ? index(timer) : asNumber(timer.freq());
  const buffers = pairs.map(([adc, buf]) => ({ adc, buffer: requireBuffer(buf, true) }));
  const first = buffers[0]?.buffer;
  if (first === undefined) return;
  const size = { b: 1, h: 2, i: 4, l: 4 }[first.typecode.toLowerCase()] ?? 1;
  const start = host.now();
  for (let i = 0; (i + 1) * size <= first.bytes.length; i++) {
    const due = start + ((i + 1) * 1000) / hertz;
    while (host.now() < due) yield new Wait(due);
    for (const { adc, buffer } of buffers) {
      const value = size === 1 ? adc.read() >> (BITS - 8) : adc.read();
      for (let byte = 0; byte < size; byte++) {
        buffer.bytes[i * size + byte] = (value >> (8 * byte)) & 0xff;
      }
    }
  }
}

export class ADCAll extends PyObject {
  declare private $bits: number;

  /** `mask`: the channels whose pins become analog inputs. */
  override __init__(resolution: Value, mask: Value = undefined): Value {
    this.$bits = index(resolution);
    if (![6, 8, 10, 12].includes(this.$bits)) {
      throw new ValueError(`resolution ${this.$bits} not supported`);
    }
    const channels = mask === undefined ? ALL_CHANNELS : index(mask);
    (currentBoard().data.analog ?? []).forEach((pin, channel) => {
      if ((channels >>> channel) & 1) currentBoard().line(pin)?.configure("analog", "none", null);
    });
    return null;
  }

  read_channel(channel: Value): number {
    const number = index(channel);
    if (number < 0 || number >= CHANNELS)
      throw new ValueError(`not a valid ADC Channel: ${number}`);
    const { analog, analogChannels } = currentBoard().data;
    const pin = analog?.[number];
    const full = 2 ** this.$bits - 1;
    const volts =
      pin === undefined
        ? innerVolts(String(analogChannels[number]))
        : (currentBoard().line(pin)?.volts ?? 0);
    return Math.round((volts / SUPPLY) * full);
  }

  read_core_temp(): Value {
    return toFloat(TEMPERATURE);
  }

  read_core_vbat(): Value {
    return toFloat(SUPPLY);
  }

  read_core_vref(): Value {
    return toFloat(REFERENCE);
  }

  read_vref(): Value {
    return toFloat(SUPPLY);
  }
}
define(ADCAll, {
  builtin: true,
  methods: {
    __init__: "resolution, mask=, /",
    read_channel: "channel, /",
    read_core_temp: "",
    read_core_vbat: "",
    read_core_vref: "",
    read_vref: "",
  },
});
