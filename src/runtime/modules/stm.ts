/**
 * The `stm` module: the chip's memory by address. Registers of the peripherals are memory here that
 * remembers what is written; the constants that name them come from the chip's headers, of which only
 * those of the ports are at hand.
 */

export { mem8, mem16, mem32 } from "./machine.js";

/** Base addresses of the ports, and what is where in one: the reference manual of the STM32F405. */
export const GPIOA = 0x40020000;
export const GPIOB = 0x40020400;
export const GPIOC = 0x40020800;
export const GPIOD = 0x40020c00;
export const GPIO_MODER = 0x00;
export const GPIO_OTYPER = 0x04;
export const GPIO_OSPEEDR = 0x08;
export const GPIO_PUPDR = 0x0c;
export const GPIO_IDR = 0x10;
export const GPIO_ODR = 0x14;
export const GPIO_BSRR = 0x18;
export const GPIO_BSRRL = 0x18;
export const GPIO_BSRRH = 0x1a;
export const GPIO_LCKR = 0x1c;
export const GPIO_AFR0 = 0x20;
export const GPIO_AFR1 = 0x24;
