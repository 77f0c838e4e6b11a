/**
 * The types of the files on littlefs and FAT: how they print and what they raise when they are closed.
 * The file systems on block devices have them, and the board's own flash.
 */

import { identity } from "../core/class/identity.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { anyText } from "../core/text/strings.js";
import type { Value } from "../core/values.js";
import { type FileTypes, fileTypes } from "../io/file.js";

const EINVAL = 22;

export const lfs1Files = littlefsFiles();
export const lfs2Files = littlefsFiles();

function littlefsFiles(): FileTypes {
  return fileTypes(
    (name) => `<io.${name}>`,
    () => new ValueError(),
  );
}

export const fatFiles = fileTypes(
  (name, file) => `<io.${name} ${identity(file).toString(16)}>`,
  () => new OSError(EINVAL),
);

/** littlefs takes one of the letters that say how a file is opened. */
export function checkOneAccess(mode: Value): void {
  const letters = [...anyText(mode)].filter((letter) => "rwxa".includes(letter));
  if (letters.length > 1) throw new ValueError();
}
