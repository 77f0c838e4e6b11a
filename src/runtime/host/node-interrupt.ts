/** Ctrl-C for the programs that this process runs. Used by the hosts and by node-start.ts. */

import { runInThisContext } from "node:vm";

/** Two Ctrl-C within this time (milliseconds) end the process. */
const SECOND_INTERRUPT = 1000;
const INTERRUPTED = 130;

const programs = new Set<() => void>();
let users = 0;
let asked = Number.NEGATIVE_INFINITY;

/** The first Ctrl-C is the program's; a second one, when it does not answer, ends the process. */
export function onInterrupt(interrupt: () => void): () => void {
  programs.add(interrupt);
  const stop = listen();
  return () => {
    programs.delete(interrupt);
    // The next program has not been asked yet.
    if (programs.size === 0) asked = Number.NEGATIVE_INFINITY;
    stop();
  };
}

/** There is one listener of the process for all who want to know. */
function listen(): () => void {
  if (users++ === 0) process.on("SIGINT", tellPrograms);
  return () => {
    if (--users === 0) process.off("SIGINT", tellPrograms);
  };
}

function tellPrograms(): void {
  const now = performance.now();
  if (now - asked < SECOND_INTERRUPT) process.exit(INTERRUPTED);
  asked = now;
  for (const interrupt of programs) interrupt();
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
  // The script puts the listeners that there are aside; one that came later would take its signal.
  const stop = listen();
  try {
    return runInThisContext('globalThis[Symbol.for("mpy2ts.work")]()', { breakOnSigint: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    interrupted();
    process.exit(INTERRUPTED);
  } finally {
    stop();
    delete holder[WORK];
  }
}
