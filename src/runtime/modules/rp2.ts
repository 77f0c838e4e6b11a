/** The `rp2` module: what an RP2040 has beside `machine`, its programmable I/O above all. */

import { def } from "../core/signature.js";
import { interrupts } from "../host/interrupts.js";

export { asm_pio, asm_pio_encode } from "../rp2/asm-pio.js";
export { DMA } from "../rp2/dma.js";
export { DMATimer } from "../rp2/dma-timer.js";
export { Flash } from "../rp2/flash.js";
export { PIO } from "../rp2/pio.js";
export { PIOASMError } from "../rp2/pio-assembler.js";
export { StateMachine } from "../rp2/state-machine.js";

export { const } from "./micropython.js";
export { country } from "./network.js";

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
