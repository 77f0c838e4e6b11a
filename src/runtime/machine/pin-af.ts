/** `pyb.PinAF`: one alternate function of a pin, as `Pin.af_list()` of the pyboard gives them. */

import { functionName, type PinFunction, stm32Functions } from "../boards/names/stm32-functions.js";
import { define } from "../core/class.js";
import { perContext } from "../core/context.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import type { Type, TypeInfo } from "../core/type.js";
import { BARE, TYPE } from "../core/values.js";

/** Where the registers of the peripherals are: the memory map of the STM32F405's reference manual. */
const REGISTERS: Readonly<Record<string, number>> = {
  GPIOA: 0x40020000,
  GPIOB: 0x40020400,
  GPIOC: 0x40020800,
  GPIOD: 0x40020c00,
  TIM1: 0x40010000,
  TIM2: 0x40000000,
  TIM3: 0x40000400,
  TIM4: 0x40000800,
  TIM5: 0x40000c00,
  TIM8: 0x40010400,
  TIM9: 0x40014000,
  TIM10: 0x40014400,
  TIM11: 0x40014800,
  TIM12: 0x40001800,
  TIM13: 0x40001c00,
  TIM14: 0x40002000,
  I2C1: 0x40005400,
  I2C2: 0x40005800,
  // A part of the SPI.
  I2S2: 0x40003800,
  SPI1: 0x40013000,
  SPI2: 0x40003800,
  USART1: 0x40011000,
  USART2: 0x40004400,
  USART3: 0x40004800,
  UART4: 0x40004c00,
  USART6: 0x40011400,
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
