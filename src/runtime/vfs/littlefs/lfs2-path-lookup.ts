/** Finds what a path means in a littlefs file system of version 2, and where its entry would be put. */

import { encodeUtf8 } from "../../core/text/utf8.js";
import { FileError } from "../../host/files.js";
import { type LfsDirectoryPath, namesOf } from "./lfs-path.js";
import type { Lfs2Metadata } from "./lfs2-metadata.js";
import {
  type LfsEntry,
  type MetadataPair,
  type Pair,
  pairOf,
  shareBlock,
} from "./metadata-pair.js";
import { TAG } from "./metadata-tag.js";

const ENOENT = 2;
const ENOTDIR = 20;
const EINVAL = 22;

/** Where a path leads. */
export interface Target {
  readonly pair: MetadataPair;
  /** Where the entry is, or would be put. */
  readonly id: number;
  readonly entry: LfsEntry | null;
  readonly name: Uint8Array;
}

export class Lfs2PathLookup {
  constructor(
    private readonly metadata: Lfs2Metadata,
    private readonly directory: LfsDirectoryPath,
  ) {}

  /** Finds what a path means; null for the root. Raises ENOENT where a directory on the way is missing. */
  find(path: string): Target | null {
    const names = namesOf(this.directory.absolute(path));
    if (names === null) throw new FileError(EINVAL);
    let pair = this.metadata.root;
    let target: Target | null = null;
    for (const [at, text] of names.entries()) {
      if (target?.entry !== undefined && target?.entry !== null) {
        if (target.entry.kind !== TAG.FOLDER) throw new FileError(ENOTDIR);
        pair = pairOf(target.entry.structure.data);
      }
      target = this.findIn(pair, encodeUtf8(text));
      if (target.entry === null && at < names.length - 1) throw new FileError(ENOENT);
    }
    return target;
  }

  private findIn(pair: Pair, name: Uint8Array): Target {
    let last: MetadataPair | undefined;
    for (const part of this.metadata.parts(pair)) {
      for (const [id, entry] of part.entries.entries()) {
        if (entry.kind === TAG.SUPERBLOCK || entry.isMoved) continue;
        const order = compareNames(entry.name, name);
        if (order === 0) return { pair: part, id, entry, name };
        if (order > 0) return { pair: part, id, entry: null, name };
      }
      last = part;
    }
    const end = last as MetadataPair;
    return { pair: end, id: end.entries.length, entry: null, name };
  }

  /** An entry that must exist, and is not the root. */
  existing(path: string): Target & { entry: LfsEntry } {
    const target = this.find(path);
    if (target === null) throw new FileError(EINVAL);
    if (target.entry === null) throw new FileError(ENOENT);
    return target as Target & { entry: LfsEntry };
  }

  /** Whether a pair belongs to a directory or to one below it. */
  isBelow(pair: Pair, folder: LfsEntry): boolean {
    for (const part of this.metadata.parts(pairOf(folder.structure.data))) {
      if (shareBlock(part.blocks, pair)) return true;
      for (const entry of part.entries) {
        if (entry.kind === TAG.FOLDER && this.isBelow(pair, entry)) return true;
      }
    }
    return false;
  }
}

/** Positive when the entry comes after the name: by its bytes, and longer names first. */
function compareNames(entry: Uint8Array, name: Uint8Array): number {
  const common = Math.min(entry.length, name.length);
  for (let at = 0; at < common; at++) {
    if (entry[at] !== name[at]) return (entry[at] as number) - (name[at] as number);
  }
  return name.length - entry.length;
}
