/** The two FIFOs of a state machine of a PIO: words to it (`tx`), and words from it (`rx`). */

const DEPTH = 4;

export class PioFifos {
  readonly tx: number[] = [];
  readonly rx: number[] = [];
  /** 0: four words each way, 1: eight to the machine, 2: eight from it. */
  private join = 0;
  private readonly listeners = new Set<() => void>();

  clear(join: number): void {
    this.join = join;
    this.tx.length = 0;
    this.rx.length = 0;
  }

  get canPut(): boolean {
    return this.tx.length < ([DEPTH, 2 * DEPTH, 0][this.join] ?? DEPTH);
  }

  get canPush(): boolean {
    return this.rx.length < ([DEPTH, 0, 2 * DEPTH][this.join] ?? DEPTH);
  }

  /** A word that the machine gives. */
  push(word: number): void {
    this.rx.push(word);
    this.tell();
  }

  /** The next word for the machine; undefined when there is none. */
  pull(): number | undefined {
    const word = this.tx.shift();
    if (word !== undefined) this.tell();
    return word;
  }

  /** Calls `notify` when the machine has changed a FIFO; returns what ends that. */
  watch(notify: () => void): () => void {
    this.listeners.add(notify);
    return () => {
      this.listeners.delete(notify);
    };
  }

  private tell(): void {
    for (const notify of [...this.listeners]) notify();
  }
}
