/**
 * One PIO of the chip: 32 words of instructions that its four state machines share, and eight flags
 * by which they signal each other and the program.
 */

import type { Board, PinLine } from "../machine/hal.js";
import { PioMachine } from "./pio-machine.js";

const WORDS = 32;
const MACHINES = 4;
/** The flags that interrupt the program. */
const INTERRUPTING = 0x0f;

export class PioBlock {
  readonly memory = new Uint16Array(WORDS);
  readonly machines: readonly PioMachine[];
  /** Bit by bit. */
  flags = 0;
  /** Which of flags 0 to 3 interrupt the program: what it is told of is cleared. */
  enabled = 0;
  /** Told of the flags that interrupted. */
  readonly listeners = new Set<(flags: number) => void>();
  private used = 0;
  private readonly watchers = new Set<() => void>();

  constructor(
    readonly number: number,
    readonly board: Board,
  ) {
    this.machines = Array.from({ length: MACHINES }, (_, i) => new PioMachine(this, i));
    board.onReset(() => {
      for (const machine of this.machines) machine.enable(false);
    });
  }

  /** Loads instructions where there is room, from the end; the offset, or null when there is none. */
  load(words: readonly number[]): number | null {
    const mask = maskOf(words.length);
    for (let offset = WORDS - words.length; offset >= 0; offset--) {
      if ((this.used & (mask << offset)) !== 0) continue;
      this.used |= mask << offset;
      words.forEach((word, i) => {
        // A jump's target is relative to its program.
        this.memory[offset + i] = word >> 13 === 0 ? word + offset : word;
      });
      return offset;
    }
    return null;
  }

  unload(offset: number, length: number): void {
    this.used &= ~(maskOf(length) << offset);
  }

  setFlag(flag: number): void {
    this.flags |= 1 << flag;
    this.interrupt();
    this.changed();
  }

  /** Lets flags interrupt, those too that are set already. */
  enable(flags: number): void {
    this.enabled = flags & INTERRUPTING;
    if (this.interrupt()) this.changed();
  }

  private interrupt(): boolean {
    const pending = this.flags & this.enabled;
    if (pending === 0) return false;
    this.flags &= ~pending;
    for (const tell of this.listeners) tell(pending);
    return true;
  }

  clearFlag(flag: number): void {
    this.flags &= ~(1 << flag);
    this.changed();
  }

  /** Calls `notify` when a flag changes; returns what ends that. */
  watch(notify: () => void): () => void {
    this.watchers.add(notify);
    return () => {
      this.watchers.delete(notify);
    };
  }

  line(pin: number): PinLine | undefined {
    return this.board.line(pin & 31);
  }

  private changed(): void {
    for (const notify of [...this.watchers]) notify();
  }
}

function maskOf(length: number): number {
  return length >= WORDS ? -1 : (1 << length) - 1;
}
