/** The TypeScript in docs/embedding.md and docs/testing.md, checked strictly against the emitted firmware that it speaks of. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith, mpy2ts, packageFolder, put } from "../harness/command-line.js";

const document = readFileSync(join(packageFolder, "docs/embedding.md"), "utf8");
const blocks = [...document.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code as string);
/** What a reader has beside the page. */
const BESIDE = "declare const log: { info(text: string): void };\n";

let folder: string;

beforeAll(() => {
  folder = folderWith({});
  cpSync(join(packageFolder, "examples/thermostat-service"), folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packageFolder, join(folder, "node_modules/mpy2ts"));
  symlinkSync(join(packageFolder, "node_modules/@types"), join(folder, "node_modules/@types"));
  const built = mpy2ts(["build", "firmware", "-o", "generated", "--host-module", "site"], folder);
  expect(built.stdout + built.stderr).toBe("Wrote 2 modules to generated.\n");
  put(
    folder,
    "tsconfig.page.json",
    JSON.stringify({ extends: "./tsconfig.json", include: ["page.ts"] }),
  );
});

/** What tsc says of the page's code. */
function complaints(code: string, ...options: string[]): string {
  put(folder, "page.ts", BESIDE + code);
  const tsc = join(packageFolder, "node_modules/.bin/tsc");
  const args = ["--noEmit", "-p", "tsconfig.page.json", ...options];
  return spawnSync(tsc, args, { cwd: folder, encoding: "utf8" }).stdout;
}

test("the page's code is right", () => {
  expect(blocks.length).toBeGreaterThan(1);
  expect(complaints(blocks.join("\n"))).toBe("");
}, 60_000);

test.each([
  ["Node16", "Node16"],
  ["ESNext", "Bundler"],
])(
  "with module %s and moduleResolution %s too",
  (module, resolution) => {
    const options = ["--module", module, "--moduleResolution", resolution];
    expect(complaints(blocks.join("\n"), ...options)).toBe("");
  },
  60_000,
);

test("the code of docs/testing.md is right", () => {
  const testing = readFileSync(join(packageFolder, "docs/testing.md"), "utf8");
  const code = [...testing.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block]) => block);
  expect(code.length).toBe(2);
  for (const block of code) expect(complaints(block ?? "")).toBe("");
}, 120_000);

test("arguments that the firmware does not take are noticed", () => {
  const wrong = blocks.join("\n").replace("set_target, 21", 'set_target, "warm"');
  expect(complaints(wrong)).toMatch(/page\.ts.*error TS/);
}, 60_000);
