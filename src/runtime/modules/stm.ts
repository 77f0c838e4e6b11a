/**
 * The `stm` module: the chip's memory by address. Registers of the peripherals are memory here that
 * remembers what is written.
 */

export * from "../machine/pyb/stm32-registers.js";
export { mem8, mem16, mem32 } from "./machine.js";
