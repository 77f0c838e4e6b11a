/** `machine.ADCBlock`: an analog converter, which gives `ADC` objects for its channels. */

import { define } from "../core/class.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import { isInt, type Value } from "../core/values.js";
import { ADC } from "./adc.js";
import { currentBoard } from "./bus-unit.js";

const BITS = 12;

/** The converters of those objects that were connected by one. */
const blocks = new WeakMap<ADC, ADCBlock>();

export function blockOf(adc: ADC): ADCBlock {
  const known = blocks.get(adc) ?? new ADCBlock(1);
  blocks.set(adc, known);
  return known;
}

export class ADCBlock extends PyObject {
  declare private $id: number;
  declare private $bits: number;

  override __init__(id: Value, bits: Value = BITS): Value {
    this.$id = index(id);
    if (this.$id !== 1 && !(this.$id === 2 && currentBoard().data.port === "esp32")) {
      throw new ValueError("invalid block id");
    }
    return ADCBlock.prototype.init.call(this, bits);
  }

  init(bits: Value = undefined): null {
    if (bits === undefined) return null;
    const wanted = index(bits);
    if (wanted < 9 || wanted > 12) throw new ValueError("invalid bits");
    this.$bits = wanted;
    return null;
  }

  /** `connect(channel)`, `connect(source)` or `connect(channel, source)`. */
  connect(first: Value, second: Value = undefined, atten: Value = undefined): Value {
    if (second !== undefined && !isInt(first)) throw new TypeError("too many positional args");
    const source = second ?? (isInt(first) ? this.$channelPin(index(first)) : first);
    const adc = new ADC(source, ...(atten === undefined ? [] : [atten]));
    adc.width(this.$bits);
    blocks.set(adc, this);
    return adc;
  }

  private $channelPin(channel: number): Value {
    const { analog, analogChannels } = currentBoard().data;
    const pin = analogChannels[channel] ?? (analog ?? [])[channel];
    if (pin === undefined) throw new ValueError("no matching ADC");
    return pin;
  }

  [PRINT](): string {
    return `ADCBlock(${this.$id}, bits=${this.$bits})`;
  }
}
define(ADCBlock, {
  builtin: true,
  methods: { __init__: "id, *, bits=", init: "*, bits=", connect: "first, second=, *, atten=" },
});
