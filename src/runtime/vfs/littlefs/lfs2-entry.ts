/** What an entry of a directory says of its file or folder: littlefs of version 2. */

import { decodeUtf8 } from "../../core/text/utf8.js";
import type { VolumeEntry } from "../volume.js";
import { wordAt } from "./blocks.js";
import type { CtzList } from "./ctz-list.js";
import type { LfsEntry } from "./metadata-pair.js";
import { TAG } from "./metadata-tag.js";

export function listOf(data: Uint8Array): CtzList {
  return { head: wordAt(data, 0), size: wordAt(data, 4) };
}

export function contentOf({ structure }: LfsEntry): CtzList | Uint8Array {
  return structure.type === TAG.INLINE ? structure.data.slice() : listOf(structure.data);
}

export function shown(entry: LfsEntry): VolumeEntry {
  const { type, data } = entry.structure;
  const directory = entry.kind === TAG.FOLDER;
  const size = directory ? 0 : type === TAG.INLINE ? data.length : wordAt(data, 4);
  return { name: decodeUtf8(entry.name), directory, size };
}
