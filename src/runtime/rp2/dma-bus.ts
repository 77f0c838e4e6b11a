/**
 * What a channel of DMA reads and writes by address: the FIFOs of the PIOs, the registers of the DMA itself,
 * and memory, which the registers of other peripherals are as well.
 */

import { addressSpace } from "../core/memory/address-space.js";
import { pioBlock } from "./pio-blocks.js";
import type { PioMachine } from "./pio-machine.js";

export const DMA_BASE = 0x50000000;
/** Bytes of a channel's registers. */
export const CHANNEL_SIZE = 0x40;
const PIO_BASE = 0x50200000;
const PIO_SIZE = 0x100000;
const PIOS = 3;
const TX_FIFOS = 0x10;
const RX_FIFOS = 0x20;
const MACHINES = 4;

/** The address of a FIFO of a state machine: to it, or from it. */
export function fifoAddress(machine: number, kind: "tx" | "rx"): number {
  const fifo = (kind === "tx" ? TX_FIFOS : RX_FIFOS) + 4 * (machine % MACHINES);
  return PIO_BASE + Math.floor(machine / MACHINES) * PIO_SIZE + fifo;
}

/** The machine whose FIFO is at an address. */
function fifoAt(address: number): { machine: PioMachine; kind: "tx" | "rx" } | null {
  const pio = Math.floor((address - PIO_BASE) / PIO_SIZE);
  if (pio < 0 || pio >= PIOS) return null;
  const offset = (address - PIO_BASE) % PIO_SIZE;
  const kind = offset < RX_FIFOS ? "tx" : "rx";
  const number = Math.floor((offset - (kind === "tx" ? TX_FIFOS : RX_FIFOS)) / 4);
  if (number < 0 || number >= MACHINES) return null;
  const machine = pioBlock(pio)?.machines[number];
  return machine === undefined ? null : { machine, kind };
}

/** The registers of the DMA, by channel and word. */
export interface Registers {
  readonly channels: number;
  register(channel: number, word: number): number;
  setRegister(channel: number, word: number, value: number): void;
}

export class DmaBus {
  constructor(private readonly registers: Registers) {}

  /** `size`: 1, 2 or 4 bytes. */
  read(address: number, size: number): number {
    const own = this.registerAt(address);
    const fifo = fifoAt(address);
    if (own === null && fifo === null) return number(addressSpace().at(address, size));
    const word =
      own !== null
        ? this.registers.register(...own)
        : fifo?.kind === "rx"
          ? (fifo.machine.get() ?? 0)
          : 0;
    return (word >>> (8 * (address % 4))) & (2 ** (8 * size) - 1);
  }

  write(address: number, size: number, value: number): void {
    const own = this.registerAt(address);
    const fifo = fifoAt(address);
    if (own === null && fifo === null) {
      addressSpace()
        .at(address, size)
        .forEach((_, at, bytes) => {
          bytes[at] = value >>> (8 * at);
        });
      return;
    }
    // Less than a word is on all lanes of the bus.
    const word = (size === 4 ? value : value * (size === 1 ? 0x01010101 : 0x00010001)) >>> 0;
    if (own !== null) this.registers.setRegister(...own, word);
    // What a full FIFO is given is lost.
    else if (fifo?.kind === "tx") fifo.machine.put(word);
  }

  private registerAt(address: number): [channel: number, word: number] | null {
    const offset = address - DMA_BASE;
    if (offset < 0 || offset >= this.registers.channels * CHANNEL_SIZE) return null;
    return [Math.floor(offset / CHANNEL_SIZE), Math.floor((offset % CHANNEL_SIZE) / 4)];
  }
}

function number(bytes: Uint8Array): number {
  return bytes.reduceRight((word, byte) => word * 256 + byte, 0);
}
