/** `machine.ADC`: reads the voltage of a pin, or the chip's thermometer. */

import { THERMOMETER } from "../../boards/board-data.js";
import { define } from "../../core/class/class.js";
import { perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { isInt, type Value } from "../../core/values.js";
import { currentBoard, lineLabel } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { lineOf } from "../pin/pin.js";
import { NO_FUNCTION } from "../pin/pin-functions.js";
import { checkPortArguments } from "../port/port-arguments.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { portRules } from "../port/port-rules.js";
import { type ADCBlock, blockOf, MOST_BITS } from "./adc-block.js";
import { AnalogInput, SUPPLY } from "./analog-input.js";

const FULL_12_BITS = 4095;

/** What `system_get_vdd33` gives as long as the pin is what the chip measures. */
const NOT_MEASURED = 0xffff;

/** The voltage that gives the highest value, by attenuation. */
const FULL_SCALE = [1, 1.34, 2, SUPPLY];

const attenuations = perContext(() => new Map<PinLine | null, number>());

export class ADC extends AnalogInput {
  declare static readonly ATTN_0DB: number;
  declare static readonly ATTN_2_5DB: number;
  declare static readonly ATTN_6DB: number;
  declare static readonly ATTN_11DB: number;
  declare static readonly WIDTH_9BIT: number;
  declare static readonly WIDTH_10BIT: number;
  declare static readonly WIDTH_11BIT: number;
  declare static readonly WIDTH_12BIT: number;
  declare static readonly CORE_TEMP: number;
  declare static readonly CORE_VREF: number;
  declare static readonly CORE_VBAT: number;
  declare static readonly VREF: number;

  declare private $channel: number;
  declare private $block: ADCBlock | null;

  /** Espressif's ports have one object for each channel. */
  static override $unit(id: Value): number | null {
    const { port } = currentBoard().data;
    if (id === undefined || (port !== "esp32" && port !== "esp8266")) return null;
    return port === "esp8266" ? index(id) : (lineOf(id).data.number as number);
  }

  override __init__(id: Value, atten: Value = undefined, sample_ns: Value = undefined): Value {
    checkPortArguments("ADC", { atten, sample_ns });
    const board = currentBoard();
    const { data } = board;
    if (data.port === "esp8266" && data.analogChannels[index(id)] === undefined) {
      throw new ValueError(`ADC(${index(id)}) doesn't exist`);
    }
    // A pyboard takes any number for a channel.
    const unknown = data.port === "stm32" ? THERMOMETER : undefined;
    const channel = isInt(id) ? (data.analogChannels[Number(id)] ?? unknown) : undefined;
    this.$channel = channel === undefined ? 0 : Number(id);
    const wired = channel === undefined ? lineOf(id) : board.line(channel);
    this.$line = wired ?? null;
    this.$inner = String(channel);
    if (this.$line !== null) {
      const { $line: line } = this;
      const { analog } = data;
      if (analog !== null && !analog.some((pin) => board.line(pin) === line)) {
        throw new ValueError(portRules[data.port].notAnalog(line));
      }
      if (channel === undefined)
        this.$channel = Math.max(0, analog?.findIndex((pin) => board.line(pin) === line) ?? 0);
      // An RP2's pin is left as it is when its channel is named.
      if (channel === undefined || data.port !== "rp2") line.configure("analog", "none", null);
      if (channel === undefined && data.port === "rp2") line.alternate = NO_FUNCTION;
    }
    this.$block = data.port === "esp32" || data.port === "generic" ? blockOf(this.$line) : null;
    this.$start(atten);
    return null;
  }

  init(atten: Value = undefined): null {
    this.$start(atten);
    return null;
  }

  /** Starts its converter; -1: the attenuation that it has by default. */
  private $start(atten: Value = -1): void {
    const wanted = index(atten);
    this.$block?.$open();
    this.$attenuate(wanted === -1 ? FULL_SCALE.length - 1 : wanted);
    this.$block?.$width(MOST_BITS);
  }

  /** Stops the converter, for all its channels. */
  deinit(): null {
    this.$block?.$close();
    return null;
  }

  /** 0 to 65535; more for the supply of an ESP8266. */
  read_u16(): number {
    if (currentBoard().data.port === "esp8266") {
      return Math.floor((ADC.prototype.read.call(this) * 65535) / 1024);
    }
    this.$block?.$checkOpen();
    const bits = this.$block?.$bits ?? MOST_BITS;
    const raw = this.$measure(bits, this.$fullScale);
    return (raw << (16 - bits)) | (raw >> (2 * bits - 16));
  }

  /** As many bits as the port has there. */
  read(): number {
    const esp8266 = currentBoard().data.port === "esp8266";
    if (esp8266 && this.$channel === 1) return NOT_MEASURED;
    this.$block?.$checkOpen();
    const bits = this.$block?.$bits ?? (esp8266 ? 10 : MOST_BITS);
    return this.$measure(bits, this.$fullScale);
  }

  /** Microvolts. */
  read_uv(): number {
    this.$block?.$checkOpen();
    return Math.round(
      (this.$measure(12, this.$fullScale) / FULL_12_BITS) * this.$fullScale * 1_000_000,
    );
  }

  /** The converter that it belongs to. */
  block(): Value {
    return this.$block;
  }

  atten(atten: Value): null {
    this.$attenuate(index(atten));
    this.$block?.$checkOpen();
    return null;
  }

  private $attenuate(atten: number): void {
    if (FULL_SCALE[atten] === undefined) throw new ValueError("invalid attenuation");
    attenuations().set(this.$line, atten);
  }

  /** All objects of a pin have the same. */
  private get $attenuation(): number {
    return attenuations().get(this.$line) ?? FULL_SCALE.length - 1;
  }

  width(bits: Value): null {
    this.$block?.$width(bits);
    this.$block?.$checkOpen();
    return null;
  }

  private get $fullScale(): number {
    return FULL_SCALE[this.$attenuation] as number;
  }

  [PRINT](): string {
    if (currentBoard().data.port === "esp8266") return `ADC(${this.$channel})`;
    if (currentBoard().data.port === "stm32") return `<ADC1 channel=${this.$channel >>> 0}>`;
    if (currentBoard().data.port !== "esp32" || this.$line === null) {
      return `<ADC channel=${this.$channel}>`;
    }
    return `ADC(Pin(${lineLabel(this.$line)}), atten=${this.$attenuation})`;
  }
}
define(ADC, {
  builtin: true,
  methods: {
    __init__: "id, /, *, atten=, sample_ns=",
    init: "*, atten=",
    deinit: "",
    read_u16: "",
    read: "",
    read_uv: "",
    block: "",
    atten: "atten, /",
    width: "bits, /",
  },
});
portSignatures(ADC, "machine.ADC");
portMembers(ADC, "machine.ADC");
