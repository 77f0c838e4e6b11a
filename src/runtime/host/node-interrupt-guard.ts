/**
 * Ctrl-C for a program that has the process to itself, also while it computes. Node tells of a signal
 * between two turns of its event loop only, so a thread of its own owns the signal
 * (node-interrupt-worker.ts). The program finds it in shared memory when it rests, reads a clock or a pin, or
 * goes round in a loop that never ends, and gets KeyboardInterrupt. One that does not look is stopped
 * where it is: it prints its traceback, and the process ends as Ctrl-C ends any.
 */

import { Worker } from "node:worker_threads";
import { interruptWorker } from "./node-interrupt-worker.js";

const ASKED = 0;
const ANSWERED = 1;
const RUNNING = 2;

/**
 * So long (milliseconds) a program may go on before it is stopped; a second Ctrl-C within that time
 * stops it at once.
 */
const GRACE = 1000;
const HANDLER = "mpy2ts.interrupted";

export class InterruptGuard {
  private readonly state = new Int32Array(new SharedArrayBuffer(12));

  /** `tell` interrupts the programs. */
  constructor(private readonly tell: () => void) {
    const worker = new Worker(`(${interruptWorker})(require)`, {
      eval: true,
      workerData: { state: this.state, grace: GRACE, handler: HANDLER },
      execArgv: [],
    });
    worker.on("message", () => this.poll());
    worker.unref();
  }

  /** Interrupts the programs if Ctrl-C was pressed since the last look. */
  poll(): boolean {
    const { state } = this;
    const asked = Atomics.load(state, ASKED);
    if (asked === Atomics.load(state, ANSWERED)) return false;
    Atomics.store(state, ANSWERED, asked);
    Atomics.notify(state, ANSWERED);
    this.tell();
    return true;
  }

  /** Stops the thread for `ms` milliseconds, or until Ctrl-C. */
  pause(ms: number): void {
    Atomics.wait(this.state, ASKED, Atomics.load(this.state, ANSWERED), ms);
    this.poll();
  }

  /** A program runs from now on; `stopped` is called, in the middle of it, before the process is ended. */
  begin(stopped: () => void): void {
    (globalThis as { [key: symbol]: () => void })[Symbol.for(HANDLER)] = stopped;
    Atomics.store(this.state, RUNNING, 1);
  }
}
