/**
 * `machine.ADCBlock`: an analog converter of an ESP32, which gives `ADC` objects for its channels. How many
 * bits it measures is a matter of the block: connecting a channel sets it to all of them.
 * extmod/machine_adc_block.c, ports/esp32/machine_adc.c
 */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { perContext } from "../../core/context.js";
import { OSError, TypeError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { isInt, type Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { lineOf } from "../pin/pin.js";
import { ADC } from "./adc.js";

export const MOST_BITS = 12;
const LEAST_BITS = 9;
const EPERM = 1;
const UNITS = 2;

/** What ESP-IDF calls the first one; other boards count from one. */
const firstUnit = (): number => (currentBoard().data.port === "esp32" ? 0 : 1);

const blocks = perContext(() => new Map<number, ADCBlock>());

/** The block of a unit: there is one object for each. */
function blockNumber(unit: number): ADCBlock {
  const known = blocks().get(unit);
  if (known !== undefined) return known;
  const block = new ADCBlock(unit, MOST_BITS);
  blocks().set(unit, block);
  return block;
}

/** The block that a line belongs to; the channels of the second follow those of the first. */
export function blockOf(line: PinLine | null): ADCBlock {
  const board = currentBoard();
  const { analog, analogUnit } = board.data;
  const at = analog?.findIndex((pin) => board.line(pin) === line) ?? 0;
  return blockNumber(firstUnit() + (at < (analogUnit ?? Number.POSITIVE_INFINITY) ? 0 : 1));
}

export class ADCBlock extends PyObject {
  declare private $id: number;
  declare $bits: number;
  /** It measures. */
  declare private $isOpen: boolean;

  override __init__(id: Value, bits: Value = undefined): Value {
    this.$id = index(id);
    const known = this.$unit >= 0 && this.$unit < UNITS;
    if (!known || this.$pins.length === 0) throw new ValueError("invalid block id");
    ADCBlock.prototype.init.call(this, bits);
    this.$isOpen = false;
    if (!blocks().has(this.$id)) blocks().set(this.$id, this);
    return null;
  }

  /** Its place among the chip's. */
  private get $unit(): number {
    return this.$id - firstUnit();
  }

  $open(): void {
    if ((currentBoard().data.lastConverter ?? UNITS) < this.$unit) {
      throw new OSError(-258, "ESP_ERR_INVALID_ARG");
    }
    this.$isOpen = true;
  }

  $close(): void {
    this.$isOpen = false;
  }

  /** Refuses to measure with a converter that was stopped. */
  $checkOpen(): void {
    if (!this.$isOpen) throw new OSError(EPERM);
  }

  /** A number of bits has to be given. */
  init(bits: Value = -1): null {
    this.$width(bits);
    return null;
  }

  /** How many bits it measures. */
  $width(bits: Value): void {
    const wanted = index(bits);
    const { leastBits = LEAST_BITS } = currentBoard().data;
    if (wanted < leastBits || wanted > MOST_BITS) throw new ValueError("invalid bit-width");
    const shared = blocks().get(this.$id) ?? this;
    shared.$bits = wanted;
    this.$bits = wanted;
  }

  /** `connect(channel)`, `connect(source)` or `connect(channel, source)`. */
  connect(
    first: Value,
    second: Value = undefined,
    others: Value[] = [],
    atten: Value = undefined,
  ): Value {
    if (others.length > 0) throw new TypeError("too many positional args");
    const named = second !== undefined || isInt(first);
    const channel = named ? this.$pins[index(first)] : undefined;
    const source = second ?? (named ? undefined : first);
    const board = currentBoard();
    const wanted = source === undefined ? undefined : lineOf(source);
    const found = this.$pins
      .map((pin) => board.line(pin) as PinLine)
      .find((line) => {
        const ofChannel = !named || (channel !== undefined && board.line(channel) === line);
        return ofChannel && (wanted === undefined || wanted === line);
      });
    if (found === undefined) throw new ValueError("no matching ADC");
    return new ADC(found.data.number ?? found.data.name, atten);
  }

  /** The pins of its channels, in their order. */
  private get $pins(): readonly (number | string)[] {
    const { analog, analogUnit, pins } = currentBoard().data;
    const all = analog ?? pins.map(({ name }) => name);
    return this.$unit === 0 ? all.slice(0, analogUnit) : all.slice(analogUnit ?? all.length);
  }

  [PRINT](): string {
    return `ADCBlock(${this.$id}, bits=${(blocks().get(this.$id) ?? this).$bits})`;
  }
}
define(ADCBlock, {
  builtin: true,
  methods: {
    __init__: "id, *, bits=",
    init: "*, bits=",
    connect: "first, second=, *others, atten=",
  },
});
