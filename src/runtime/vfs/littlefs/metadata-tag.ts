/**
 * The tags of version 2: each names a change of a directory (what kind, of which entry, how many
 * bytes follow) in 32 bits, of which the highest is free to mark the tag as valid.
 */

export const TAG = {
  FILE: 0x001,
  FOLDER: 0x002,
  SUPERBLOCK: 0x0ff,
  FOLDER_PAIR: 0x200,
  INLINE: 0x201,
  BLOCK_LIST: 0x202,
  ATTRIBUTE: 0x300,
  CREATE: 0x401,
  DELETE: 0x4ff,
  CHECKSUM: 0x500,
  FORWARD_CHECKSUM: 0x5ff,
  SOFT_TAIL: 0x600,
  HARD_TAIL: 0x601,
  GLOBAL_STATE: 0x7ff,
} as const;

/** The groups that types belong to. */
export const GROUP = {
  NAME: 0x000,
  STRUCTURE: 0x200,
  ATTRIBUTE: 0x300,
  SPLICE: 0x400,
  TAIL: 0x600,
} as const;

/** No entry: the tag is about the whole directory. */
export const NO_ID = 0x3ff;
/** The size that says that an attribute is gone. */
const GONE = 0x3ff;

export interface Tag {
  readonly type: number;
  readonly id: number;
  readonly data: Uint8Array;
  /** It removes what an earlier tag of its type said. */
  readonly isGone?: boolean;
}

export function groupOf(type: number): number {
  return type & 0x700;
}

export function isChecksum(type: number): boolean {
  return (type & 0x780) === TAG.CHECKSUM;
}

export function packTag(type: number, id: number, size: number): number {
  return ((type << 20) | (id << 10) | size) >>> 0;
}

export function unpackTag(word: number): {
  type: number;
  id: number;
  size: number;
  isGone: boolean;
} {
  const size = word & 0x3ff;
  const isGone = size === GONE;
  return {
    type: (word >>> 20) & 0x7ff,
    id: (word >>> 10) & 0x3ff,
    size: isGone ? 0 : size,
    isGone,
  };
}

export function wordOf({ type, id, data, isGone }: Tag): number {
  return packTag(type, id, isGone ? GONE : data.length);
}

export function tagSize({ data }: Tag): number {
  return 4 + data.length;
}
