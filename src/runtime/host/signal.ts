/**
 * Wakes a resting program: raised by what happens outside of it (an interrupt, a socket, a key),
 * lowered by the driver (drive.ts) before it looks again. A host that rests listens to it.
 */
export class Signal {
  raised = false;
  private listener: (() => void) | null = null;

  raise(): void {
    this.raised = true;
    const { listener } = this;
    this.listener = null;
    listener?.();
  }

  lower(): void {
    this.raised = false;
  }

  /** Calls `listener` at the next raise, once; a later call replaces it. */
  listen(listener: (() => void) | null): void {
    this.listener = listener;
  }
}
