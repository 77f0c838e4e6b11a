/**
 * What the program reads its sources from: a folder on disk (`cli/disk-files.ts`) or a map of texts
 * (an embedder, a test). Paths are relative to the project root and use "/"; a search folder
 * outside the root keeps its absolute path.
 */

export interface ReadFiles {
  isFile(path: string): boolean;
  /** The bytes or text of a file, null where there is none. */
  read(path: string): string | Uint8Array | Unreadable | null;
  isFolder(path: string): boolean;
  /** Every `.py` file below the root, as relative paths in alphabetical order. */
  pythonFiles(): readonly string[];
}

/** A file that is there but cannot be read. */
export class Unreadable {
  constructor(readonly reason: string) {}
}

/** Files held in memory, by path. */
export function filesFrom(texts: Readonly<Record<string, string | Uint8Array>>): ReadFiles {
  const paths = Object.keys(texts).sort();
  return {
    isFile: (path) => Object.hasOwn(texts, path),
    read: (path) => (Object.hasOwn(texts, path) ? (texts[path] ?? null) : null),
    isFolder: (path) => paths.some((other) => other.startsWith(`${path}/`)),
    pythonFiles: () => paths.filter((path) => path.endsWith(".py")),
  };
}
