/** Files laid over a folder: what a program sees is as if the folder were its own, which stays as it is. */

import fc from "fast-check";
import { FileError, type Files } from "../../src/runtime/host/files.js";
import { MemoryFiles } from "../../src/runtime/host/memory-files.js";
import { OverlayFiles } from "../../src/runtime/host/overlay-files.js";

const TREE = {
  "/main.py": "print()\n",
  "/lib/a.py": "A = 1\n",
  "/data/x": "12",
  "/data/deep/y": "3",
};

function planted(): MemoryFiles {
  const files = new MemoryFiles();
  for (const [path, text] of Object.entries(TREE)) files.place(path, text);
  return files;
}

const MODE = {
  read: true,
  write: false,
  create: false,
  truncate: false,
  append: false,
  exclusive: false,
};

function contents(files: Files, path: string): string {
  const file = files.open(path, MODE);
  const bytes = new Uint8Array(100);
  const text = new TextDecoder().decode(bytes.subarray(0, file.read(bytes)));
  file.close();
  return text;
}

/** Everything that is there, by path. */
function snapshot(files: Files, folder = ""): Record<string, string> {
  const all: Record<string, string> = {};
  for (const { name, directory } of files.list(folder === "" ? "/" : folder)) {
    const path = `${folder}/${name}`;
    if (directory) Object.assign(all, { [`${path}/`]: "" }, snapshot(files, path));
    else all[path] = contents(files, path);
  }
  return Object.fromEntries(Object.entries(all).sort());
}

const path = fc.constantFrom(
  ...["/main.py", "/lib", "/lib/a.py", "/data", "/data/x", "/data/deep", "/data/deep/y", "/new"],
  ...["/new/z", "/data/new", "/main.py/no"],
);
const step = fc.oneof(
  fc.tuple(fc.constantFrom("write", "append", "create"), path),
  fc.tuple(fc.constantFrom("read", "stat", "list", "remove", "mkdir", "rmdir"), path),
  fc.tuple(fc.constant("rename"), path, path),
);

/** What an operation gives: a value, or the number of its error. */
function result(files: Files, [name, first, second = ""]: readonly string[]): unknown {
  const target = first as string;
  try {
    switch (name) {
      case "read":
        return contents(files, target);
      case "stat":
        return [files.stat(target).directory, files.stat(target).size];
      case "list":
        return files
          .list(target)
          .map((entry) => entry.name)
          .sort();
      case "remove":
        return files.remove(target);
      case "mkdir":
        return files.makeDirectory(target);
      case "rmdir":
        return files.removeDirectory(target);
      case "rename":
        return files.rename(target, second);
      default: {
        const file = files.open(target, {
          ...MODE,
          write: true,
          create: true,
          truncate: name === "write",
          append: name === "append",
          exclusive: name === "create",
        });
        file.write(new TextEncoder().encode("more"));
        return file.close();
      }
    }
  } catch (error) {
    if (error instanceof FileError) return `error ${error.errno}`;
    throw error;
  }
}

test("any operations have the results that they have on files of the program's own", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const below = planted();
      const overlay = new OverlayFiles(below);
      const own = planted();
      for (const each of steps)
        expect([each, result(overlay, each)]).toEqual([each, result(own, each)]);
      expect(snapshot(overlay)).toEqual(snapshot(own));
      expect(snapshot(below)).toEqual(snapshot(planted()));
    }),
    { numRuns: 500 },
  );
});

test("what is below may change while nothing above hides it", () => {
  const below = planted();
  const overlay = new OverlayFiles(below);
  below.place("/later.txt", "new");
  expect(contents(overlay, "/later.txt")).toBe("new");
});
