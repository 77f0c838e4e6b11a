/**
 * The TypeScript that is emitted for every fixture passes `tsc --strict`: all of them in one
 * project, with facts and without, checked by one run of the compiler.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openProject, type Project } from "../src/cli/project.js";
import { Program } from "../src/program.js";
import { fixtures } from "./harness/fixture-files.js";

const root = new URL("../", import.meta.url).pathname;

const settings = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2022"],
    module: "NodeNext",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
    paths: {
      "mpy2ts/runtime": [join(root, "dist/runtime/index.d.ts")],
      "mpy2ts/modules/*": [join(root, "dist/runtime/modules/*.d.ts")],
    },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mpy2ts-types-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test("all fixtures", () => {
  write("package.json", '{ "type": "module" }');
  write("tsconfig.json", JSON.stringify(settings));
  let written = 0;
  for (const facts of [true, false]) {
    for (const { name, target } of fixtures()) {
      const project = openProject(target) as Project;
      const { modules } = new Program({ ...project, purpose: "run", facts }).update();
      for (const { output, ts } of modules) {
        write(`${facts ? "facts" : "plain"}/${name}/${output}.ts`, ts.code);
        written++;
      }
    }
  }
  expect(written).toBeGreaterThan(300);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
}, 120_000);
