/** The board's files over a folder of the host: nothing outside of it can be seen or changed. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { open } from "../../src/runtime/builtins/open.js";
import { FileError, type OpenMode } from "../../src/runtime/host/files.js";
import { MemoryFiles } from "../../src/runtime/host/memory-files.js";
import { NodeFiles } from "../../src/runtime/host/node-files.js";
import * as os from "../../src/runtime/modules/os.js";
import { print, runProgram } from "./program.js";

const ENOENT = 2;
const READ: OpenMode = {
  read: true,
  write: false,
  create: false,
  truncate: false,
  append: false,
  exclusive: false,
};
const WRITE: OpenMode = { ...READ, read: false, write: true, create: true, truncate: true };

let work: string;
let root: string;
let files: NodeFiles;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "mpy2ts-files-"));
  root = join(work, "board");
  mkdirSync(join(root, "folder"), { recursive: true });
  mkdirSync(join(work, "outside"));
  writeFileSync(join(work, "secret.txt"), "secret");
  writeFileSync(join(work, "outside", "inner.txt"), "secret");
  writeFileSync(join(root, "own.txt"), "own");
  symlinkSync("own.txt", join(root, "link.txt"));
  symlinkSync("../secret.txt", join(root, "secret.txt"));
  symlinkSync(join(work, "outside"), join(root, "outside"));
  symlinkSync("../created.txt", join(root, "dangling.txt"));
  symlinkSync("loop.txt", join(root, "loop.txt"));
  files = new NodeFiles(root);
});

afterAll(() => rmSync(work, { recursive: true }));

function errno(operation: () => unknown): number | null {
  try {
    operation();
    return null;
  } catch (error) {
    if (error instanceof FileError) return error.errno;
    throw error;
  }
}

function text(path: string): string {
  const file = files.open(path, READ);
  const buffer = new Uint8Array(100);
  const count = file.read(buffer);
  file.close();
  return new TextDecoder().decode(buffer.subarray(0, count));
}

describe("a folder of the host", () => {
  test.each(["/secret.txt", "/outside/inner.txt", "/../secret.txt", "/folder/../../secret.txt"])(
    "%s is outside",
    (path) => {
      expect(errno(() => files.open(path, READ))).toBe(ENOENT);
      expect(errno(() => files.open(path, WRITE))).toBe(ENOENT);
      expect(errno(() => files.stat(path))).toBe(ENOENT);
      expect(errno(() => files.list(path))).toBe(ENOENT);
      expect(readFileSync(join(work, "secret.txt"), "utf8")).toBe("secret");
    },
  );

  test("nothing is made through a link that leads out", () => {
    expect(errno(() => files.open("/dangling.txt", WRITE))).toBe(ENOENT);
    expect(errno(() => files.makeDirectory("/outside/new"))).toBe(ENOENT);
    expect(errno(() => files.rename("/own.txt", "/outside/own.txt"))).toBe(ENOENT);
    expect(errno(() => files.remove("/outside/inner.txt"))).toBe(ENOENT);
    expect(errno(() => readFileSync(join(work, "outside", "inner.txt")))).toBeNull();
    expect(() => readFileSync(join(work, "created.txt"))).toThrow();
  });

  test("names with NUL, and links to themselves, are no files", () => {
    expect(errno(() => files.open("/own.txt\0.png", READ))).toBe(ENOENT);
    expect(errno(() => files.stat("/loop.txt"))).toBe(40);
  });

  test("links within the folder are followed; removing one leaves what it leads to", () => {
    expect(text("/link.txt")).toBe("own");
    symlinkSync("own.txt", join(root, "second.txt"));
    files.remove("/second.txt");
    expect(text("/own.txt")).toBe("own");
  });

  test("a listing names everything, and tells nothing of what is outside", () => {
    const listed = files.list("/").map(({ name, size }) => `${name} ${size}`);
    expect(listed.sort()).toEqual([
      "dangling.txt 0",
      "folder 0",
      "link.txt 3",
      "loop.txt 0",
      "outside 0",
      "own.txt 3",
      "secret.txt 0",
    ]);
  });

  test("what another file object writes is seen by one that has read ahead", () => {
    const writer = files.open("/shared.txt", WRITE);
    writer.write(new TextEncoder().encode("first\n"));
    const reader = files.open("/shared.txt", READ);
    const buffer = new Uint8Array(2);
    reader.read(buffer);
    writer.seek(0, 0);
    writer.write(new TextEncoder().encode("FIRST and more"));
    const rest = new Uint8Array(20);
    const count = reader.read(rest);
    expect(new TextDecoder().decode(rest.subarray(0, count))).toBe("RST and more");
    reader.close();
    writer.close();
  });
});

test.each([
  ["a folder", () => new NodeFiles(root)],
  ["memory", () => new MemoryFiles()],
])("a program cannot climb out of its files: %s", async (_name, make) => {
  const { out } = await runProgram(
    () => {
      os.mkdir("/deep");
      os.chdir("/deep");
      os.chdir("../../..");
      print(os.getcwd(), os.listdir("../../../..").includes("deep"));
      for (const path of ["../../secret.txt", "/../secret.txt", "//..//..//secret.txt"]) {
        try {
          open(path);
        } catch (error) {
          print(error);
        }
      }
      os.rmdir("deep");
      return null;
    },
    { host: { files: make() } },
  );
  expect(out).toEqual(["/ True", ...new Array(3).fill("[Errno 2] ENOENT")]);
});
