/**
 * The content of files: blocks in a list that begins at the last one. Block number n starts with
 * pointers to the blocks n-1, n-2, n-4 ... as far as 2**k divides n; the rest of it is data.
 */

import type { Blocks } from "./blocks.js";

export interface CtzList {
  /** The last block. */
  readonly head: number;
  readonly size: number;
}

/** No block. */
export const NULL = 0xffffffff;
export const EMPTY: CtzList = { head: NULL, size: 0 };

function zeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}

function ones(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** In which block a byte of the file is, and where in it. */
export function place(blockSize: number, position: number): { index: number; offset: number } {
  const data = blockSize - 8;
  const near = Math.floor(position / data);
  if (near === 0) return { index: 0, offset: position };
  const index = Math.floor((position - 4 * (ones(near - 1) + 2)) / data);
  return { index, offset: position - data * index - 4 * ones(index) };
}

/** The pointers at the start of a block that is not the first. */
export function pointerCount(index: number): number {
  return zeros(index) + 1;
}

/** The block that holds a byte, which must exist. */
export function find(
  blocks: Blocks,
  { head, size }: CtzList,
  position: number,
): { block: number; offset: number } {
  const { index, offset } = place(blocks.size, position);
  let at = place(blocks.size, size - 1).index;
  let block = head;
  while (at > index) {
    const far = 31 - Math.clz32(at - index);
    const skip = Math.min(far, zeros(at));
    block = blocks.readWord(block, 4 * skip);
    at -= 2 ** skip;
  }
  return { block, offset };
}

/** The blocks of a list, from the last to the first. */
export function* blocksOf(blocks: Blocks, { head, size }: CtzList): Generator<number> {
  if (size === 0) return;
  let block = head;
  for (let index = place(blocks.size, size - 1).index; ; index--) {
    yield block;
    if (index === 0) return;
    block = blocks.readWord(block, 0);
  }
}
