/** The built command line, spawned for real, and folders for it to work in. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { jest } from "@jest/globals";

// Every test here starts a process or more, beside others that do.
jest.setTimeout(30_000);

export const packageFolder = new URL("../../", import.meta.url).pathname;
const bin = join(packageFolder, "bin/mpy2ts.js");

/** How a shell starts it. */
export const mpy2tsCommand = `${process.execPath} ${bin}`;

const environment = { ...process.env, NO_COLOR: "1" };

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function mpy2ts(args: readonly string[], cwd: string, env: object = {}): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...environment, ...env },
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

/** A folder of its own with the given files; removed after all tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mpy2ts-test-")));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) put(folder, path, content);
  return folder;
}

export function put(folder: string, path: string, content: string | Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** A command that goes on, with what it has printed so far. */
export class Running {
  readonly process: ChildProcess;
  stdout = "";
  stderr = "";
  #listeners = new Set<() => void>();

  constructor(args: readonly string[], cwd: string) {
    this.process = spawn(process.execPath, [bin, ...args], { cwd, env: environment });
    processes.push(this.process);
    this.process.stdout?.on("data", (data) => {
      this.stdout += data;
      for (const listener of this.#listeners) listener();
    });
    this.process.stderr?.on("data", (data) => {
      this.stderr += data;
      for (const listener of this.#listeners) listener();
    });
  }

  /** Resolves once standard output matches; `from` leaves out what came before. */
  until(pattern: RegExp, from = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        reject(new Error(`${pattern} did not come; so far:\n${this.stdout}\n${this.stderr}`));
      }, 15_000);
      const look = (): void => {
        if (!pattern.test(this.stdout.slice(from))) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  /** The exit code, or the name of the signal. */
  ended(): Promise<number | string | null> {
    const { process } = this;
    if (process.exitCode !== null) return Promise.resolve(process.exitCode);
    return new Promise((resolve) =>
      process.once("close", (code, signal) => resolve(code ?? signal)),
    );
  }
}

const folders: string[] = [];
const processes: ChildProcess[] = [];
afterAll(() => {
  for (const process of processes) process.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
