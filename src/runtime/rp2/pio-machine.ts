/**
 * A state machine of a PIO, instruction by instruction, in the host's time. An instruction that pins,
 * FIFOs or flags can see happens at its own moment; those that nobody can see are run ahead of it.
 * A machine that waits takes no time of the host. StateMachine (state-machine.ts) is what programs see.
 */

import type { Alarm } from "../host/agenda.js";
import { PioCore, STALLED } from "./pio-core.js";
import { delayOf } from "./pio-pins.js";
import type { PioSettings } from "./pio-settings.js";
import { isPrivate, onlyLooks } from "./pio-visibility.js";

/** So many instructions without a rest, then the host may do something else. */
const BURST = 20_000;

export class PioMachine extends PioCore {
  enabled = false;
  /** Milliseconds of a cycle, and since when cycles are counted. */
  private cycle = 1 / 125_000;
  private origin = 0;
  private alarm: Alarm | null = null;
  private endWait: (() => void) | null = null;

  /** Stops, takes new settings and goes to a place of the program. */
  init(settings: Partial<PioSettings>, pc: number, hertz: number): void {
    this.enable(false);
    this.clear(settings);
    this.cycle = 1000 / hertz;
    this.restart(pc);
  }

  restart(pc: number): void {
    this.begin(pc);
    if (!this.enabled) return;
    this.stopWaiting();
    this.origin = this.block.board.now;
    this.book();
  }

  enable(on: boolean): void {
    if (on === this.enabled) return;
    this.enabled = on;
    const { now } = this.block.board;
    this.stopWaiting();
    if (on) {
      this.origin = now;
      this.book();
    } else {
      this.alarm?.cancel();
      this.next = Math.max(0, this.next - (now - this.origin) / this.cycle);
    }
  }

  /** Performs an instruction at once, or as soon as it can be. */
  exec(instruction: number): void {
    this.jumped = false;
    if (this.execute(instruction) === STALLED) this.forced = instruction;
    this.wake();
  }

  /** Puts a word into the FIFO to the machine; false when it is full. */
  put(word: number): boolean {
    if (!this.fifos.canPut) return false;
    this.fifos.tx.push(word >>> 0);
    this.wake();
    return true;
  }

  /** Takes a word out of the FIFO from the machine; undefined when it is empty. */
  get(): number | undefined {
    const word = this.fifos.rx.shift();
    if (word !== undefined) this.wake();
    return word;
  }

  // ---- time ------------------------------------------------------------------------------------

  private get due(): number {
    return this.origin + this.next * this.cycle;
  }

  private book(): void {
    this.alarm?.cancel();
    const { board } = this.block;
    this.alarm = board.at(Math.max(board.now, this.due), () => this.run());
  }

  /** Something that the machine may be waiting for has changed. */
  private wake(): void {
    if (!this.enabled || this.endWait === null) return;
    this.stopWaiting();
    const passed = Math.ceil((this.block.board.now - this.origin) / this.cycle - 1e-6);
    this.next = Math.max(this.next, passed);
    this.book();
  }

  private stopWaiting(): void {
    this.endWait?.();
    this.endWait = null;
  }

  protected waitFor(watch: (notify: () => void) => () => void): boolean {
    this.stopWaiting();
    this.endWait = watch(() => this.wake());
    return STALLED;
  }

  protected waitForFifo(): boolean {
    this.stopWaiting();
    this.endWait = () => {};
    return STALLED;
  }

  private run(): void {
    const { board, memory } = this.block;
    const { now } = board;
    // Until then nothing can happen that a machine that only looks could see.
    const quiet = Math.max(now, board.quietUntil);
    for (let budget = BURST; budget > 0 && this.enabled; budget--) {
      const instruction = this.forced ?? (memory[this.pc] as number);
      const due = this.due;
      if (due > now && !this.mayRunAhead(instruction, due <= quiet)) break;
      const isForced = this.forced !== null;
      this.jumped = false;
      if (isForced) this.forced = null;
      if (this.execute(instruction) === STALLED) {
        if (isForced) this.forced = instruction;
        return;
      }
      this.next += 1 + delayOf(instruction, this.settings);
      if (!this.jumped && !isForced) this.advance();
      if (this.isHalt(instruction)) {
        this.endWait = () => {};
        return;
      }
    }
    if (this.enabled) this.book();
  }

  /** Nobody can tell that it happens early. `isQuiet`: the pins stay as they are until it is due. */
  private mayRunAhead(instruction: number, isQuiet: boolean): boolean {
    if (this.pins.changesSide(instruction, this.settings)) return false;
    return isPrivate(instruction, this) || (isQuiet && onlyLooks(instruction, this));
  }

  private advance(): void {
    const { wrapTop, wrapBottom } = this.settings;
    this.pc = this.pc === wrapTop ? wrapBottom : (this.pc + 1) & 31;
  }

  /** A jump to itself that nothing can end. */
  private isHalt(instruction: number): boolean {
    return (
      (instruction & 0xe0e0) === 0 &&
      this.forced === null &&
      this.pc === (instruction & 31) &&
      this.block.memory[this.pc] === instruction
    );
  }
}
