/** Ctrl-C for the program that this process runs. */

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
