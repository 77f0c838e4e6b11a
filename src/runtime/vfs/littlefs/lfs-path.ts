/** Paths of littlefs: names between slashes, where ".." takes back the name before it. */

/** The names of a path; null where ".." leads out of the root. */
export function namesOf(path: string): string[] | null {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return null;
  }
  return names;
}

/** The current directory of a volume, to which relative paths are appended. */
export class LfsDirectoryPath {
  private names: string[] = [];

  /** A path as it begins at the root. */
  absolute(path: string): string {
    return path.startsWith("/") ? path : `/${[...this.names, path].join("/")}`;
  }

  enter(path: string): void {
    const names: string[] = [];
    for (const name of this.absolute(path).split("/")) {
      if (name === "..") names.pop();
      else if (name !== "" && name !== ".") names.push(name);
    }
    this.names = names;
  }

  get text(): string {
    return `/${this.names.join("/")}`;
  }
}
