/** Ctrl-C for the program that this process runs. Used by the hosts and by node-start.ts. */

import { runInThisContext } from "node:vm";

/** Two Ctrl-C within this time (milliseconds) end the process. */
const SECOND_INTERRUPT = 1000;
const INTERRUPTED = 130;

/** The first Ctrl-C is the program's; a second one, when it does not answer, ends the process. */
export function onInterrupt(interrupt: () => void): () => void {
  let asked = Number.NEGATIVE_INFINITY;
  const listener = (): void => {
    const now = performance.now();
    if (now - asked < SECOND_INTERRUPT) process.exit(INTERRUPTED);
    asked = now;
    interrupt();
  };
  process.on("SIGINT", listener);
  return () => process.off("SIGINT", listener);
}

const WORK = Symbol.for("mpy2ts.work");

/**
 * Runs the part of a program that comes before its first rest. Node hears of Ctrl-C only when it
 * rests, so a program that never does could not be stopped; here it ends the process, as the second
 * Ctrl-C does elsewhere.
 */
export function interruptible<T>(work: () => T, interrupted: () => void): T {
  const holder = globalThis as { [WORK]?: () => T };
  holder[WORK] = work;
  // A first listener would take the signal away from the script, so there is one before.
  const nothing = (): void => {};
  process.on("SIGINT", nothing);
  try {
    return runInThisContext('globalThis[Symbol.for("mpy2ts.work")]()', { breakOnSigint: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    interrupted();
    process.exit(INTERRUPTED);
  } finally {
    process.off("SIGINT", nothing);
    delete holder[WORK];
  }
}
