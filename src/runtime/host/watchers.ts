/** Those who want to hear that something may have changed. Base of connections and listeners. */
export class Watchers {
  private readonly listeners = new Set<() => void>();

  watch(notify: () => void): () => void {
    this.listeners.add(notify);
    return () => {
      this.listeners.delete(notify);
    };
  }

  protected changed(): void {
    if (this.listeners.size === 0) return;
    for (const listener of [...this.listeners]) listener();
  }
}
