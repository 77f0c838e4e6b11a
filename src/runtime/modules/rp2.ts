/** The `rp2` module: what an RP2040 has beside `machine`, its programmable I/O above all. */

import { def } from "../core/call/signature.js";
import type { DynamicNames } from "../core/module/module.js";
import { interrupts } from "../host/interrupts.js";
import { PIOASMEmit } from "../rp2/pio-asm-emit.js";
import { pioFunctions } from "../rp2/pio-asm-names.js";

export { asm_pio, asm_pio_encode } from "../rp2/asm-pio.js";
export { DMA } from "../rp2/dma.js";
export { DMATimer } from "../rp2/dma-timer.js";
export { Flash } from "../rp2/flash.js";
export { PIO } from "../rp2/pio.js";
export { PIOASMError } from "../rp2/pio-asm-error.js";
export {
  PIO_DIRECTIVES as _pio_directives,
  PIO_INSTRUCTIONS as _pio_instructions,
} from "../rp2/pio-asm-names.js";
export { StateMachine } from "../rp2/state-machine.js";

export { const } from "./micropython.js";
export { country } from "./network.js";

/** Not among the classes that the compiler knows: its methods have the names of many a program's own. */
export const $dynamic: DynamicNames = {
  PIOASMEmit: { get: () => PIOASMEmit },
  _pio_funcs: { get: pioFunctions },
};

const READ_WORK = 50;

/** Whether the BOOTSEL button is pressed: nobody presses it here. */
export const bootsel_button = def(
  () => {
    interrupts().worked(READ_WORK);
    return 0;
  },
  "",
  "bootsel_button",
);
