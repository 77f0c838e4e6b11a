/**
 * The interrupt lines of an STM32: one for the pins of the same number of all its ports. `Pin.irq` and
 * `pyb.ExtInt` claim them, as `extint_register_pin` and `extint_register` of ports/stm32/extint.c.
 */

import { perContext } from "../../core/context.js";
import { OSError } from "../../core/exception/exceptions.js";
import type { Value } from "../../core/values.js";
import type { PinLine } from "../hal.js";

interface Claim {
  pin: PinLine;
  /** It is an `ExtInt`'s. */
  byNumber: boolean;
}

/** Those whose interrupts are handled, by the number of the line. */
export const claims = perContext(() => new Map<number, Claim>());

/** The number of a pin's line: that of the pin within its port. */
export function lineNumber(pin: PinLine): number {
  return Number(/\d+$/.exec(pin.data.name)?.[0] ?? 0);
}

/** A pin takes its line, or gives it back when nothing handles it; raises if it is another's. */
export function claimLine(pin: PinLine, handler: Value): void {
  const number = lineNumber(pin);
  const claim = claims().get(number);
  if (claim?.byNumber) throw new OSError(`ExtInt vector ${number} is already in use`);
  if (claim !== undefined && claim.pin !== pin) {
    throw new OSError(`IRQ resource already taken by Pin('${claim.pin.data.name}')`);
  }
  if (handler === null) claims().delete(number);
  else claims().set(number, { pin, byNumber: false });
}
