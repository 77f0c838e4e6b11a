/** Those who want to hear that something may have changed. Base of connections and listeners. */
export class Watchers {
  // Few at a time, and often changed: a Set would be copied again and again.
  private readonly listeners: (() => void)[] = [];

  watch(notify: () => void): () => void {
    this.listeners.push(notify);
    return () => {
      const place = this.listeners.indexOf(notify);
      if (place >= 0) this.listeners.splice(place, 1);
    };
  }

  protected changed(): void {
    const { listeners } = this;
    if (listeners.length <= 1) listeners[0]?.();
    else for (const listener of [...listeners]) listener();
  }
}
