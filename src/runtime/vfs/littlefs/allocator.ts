/** Finds free blocks: those that nothing refers to, as a walk through the file system shows. */

import { FileError } from "../../host/files.js";

const ENOSPC = 28;

export class Allocator {
  private used: Uint8Array | null = null;
  /** Handed out since `settle()`: nothing may refer to them yet. */
  private readonly pending = new Set<number>();

  constructor(
    private readonly count: number,
    private readonly inUse: () => Iterable<number>,
    /** Where the search begins. */
    private next = 0,
  ) {}

  allocate(): number {
    const found = this.search() ?? this.rescan();
    if (found === null) throw new FileError(ENOSPC);
    this.pending.add(found);
    return found;
  }

  /** What was handed out is referred to now. */
  settle(): void {
    this.pending.clear();
  }

  /** What is known of the blocks is old. */
  forget(): void {
    this.used = null;
  }

  private search(): number | null {
    const { used, count } = this;
    if (used === null) return null;
    for (let tried = 0; tried < count; tried++) {
      const block = this.next;
      this.next = (this.next + 1) % count;
      if (used[block] === 0) {
        used[block] = 1;
        return block;
      }
    }
    return null;
  }

  private rescan(): number | null {
    const used = new Uint8Array(this.count);
    for (const block of this.inUse()) if (block < this.count) used[block] = 1;
    for (const block of this.pending) used[block] = 1;
    this.used = used;
    return this.search();
  }
}
