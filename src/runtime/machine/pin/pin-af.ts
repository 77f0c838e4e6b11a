/** `pyb.PinAF`: one alternate function of a pin, as `Pin.af_list()` of the pyboard gives them. */

import {
  functionName,
  type PinFunction,
  stm32Functions,
} from "../../boards/names/stm32-functions.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import type { Type, TypeInfo } from "../../core/class/type.js";
import { perContext } from "../../core/context.js";
import { PRINT } from "../../core/slots.js";
import { BARE, TYPE } from "../../core/values.js";
import * as registers from "../pyb/stm32-registers.js";

/** Those that the port's own table of registers lacks; I2S is a part of an SPI. */
const REGISTERS: Readonly<Record<string, number>> = {
  ...registers,
  I2S2: registers.SPI2,
  CAN1: 0x40006400,
  CAN2: 0x40006800,
};

/** An address as the port gives it: what fits into its small ints, which are signed and have 31 bits. */
export function registerAddress(peripheral: string): number {
  return ((REGISTERS[peripheral] ?? 0) << 1) >> 1;
}

const functions = perContext(() => new Map<string, readonly PinAF[]>());

/** The functions of a pin of the chip ("A0"), each an object that there is one of. */
export function pinAfsOf(pin: string): PinAF[] {
  const found = functions().get(pin) ?? stm32Functions(pin).map(described);
  functions().set(pin, found);
  return [...found];
}

function described(fn: PinFunction): PinAF {
  const one = new PinAF(BARE);
  one.$function = fn;
  return one;
}

export class PinAF extends PyObject {
  declare $function: PinFunction;

  /** The number that `Pin.init(af=...)` takes. */
  index(): number {
    return this.$function.index;
  }

  /** "AF1_TIM2" */
  name(): string {
    return functionName(this.$function);
  }

  /** The address of the peripheral's registers. */
  reg(): number {
    return registerAddress(`${this.$function.kind}${this.$function.unit}`);
  }

  [PRINT](): string {
    return `Pin.${functionName(this.$function)}`;
  }
}
define(PinAF, {
  builtin: true,
  methods: { index: "", name: "", reg: "" },
});
(PinAF as Type as { [TYPE]: TypeInfo })[TYPE].abstract = true;
