/** A folder of emitted TypeScript, all of it checked by one run of `tsc --strict`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strictSettings } from "../../scripts/strict-settings.js";
import { openProject, type Project } from "../../src/cli/project.js";
import { Program } from "../../src/program.js";

const root = new URL("../../", import.meta.url).pathname;

export class EmittedProject {
  readonly #folder = mkdtempSync(join(tmpdir(), "mpy2ts-types-"));

  constructor() {
    this.#write("package.json", '{ "type": "module" }');
    this.#write("tsconfig.json", JSON.stringify(strictSettings(root)));
  }

  /** Emits a program, a file or a folder, under `name`; the number of modules it has. */
  add(name: string, target: string, facts: boolean): number {
    const project = openProject(target) as Project;
    const { modules } = new Program({ ...project, purpose: "run", facts }).update();
    for (const { output, ts } of modules) this.#write(`${name}/${output}.ts`, ts.code);
    return modules.length;
  }

  /** What the compiler says of all of them. */
  check(): { readonly status: number | null; readonly stdout: string } {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [tsc, "-p", this.#folder], { encoding: "utf8" });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #write(path: string, text: string): void {
    mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
    writeFileSync(join(this.#folder, path), text);
  }
}
