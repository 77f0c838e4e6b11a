/** The fixtures, for the tests that walk them all. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface Fixture {
  /** Its main file. */
  readonly file: string;
  /** What is run: a folder as a project, a file as a program. */
  readonly target: string;
  /** Absolute path without extension; `.out` and so on stand beside it. */
  readonly stem: string;
  /** Relative to `fixtures/`. */
  readonly name: string;
}

const root = new URL("../../fixtures/", import.meta.url).pathname;

export function fixtures(folder = root): Fixture[] {
  const main = join(folder, "main.py");
  if (existsSync(main)) return [fixture(main, folder, folder)];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return fixtures(path);
    return entry.name.endsWith(".py") ? [fixture(path, path, path.slice(0, -".py".length))] : [];
  });
}

function fixture(file: string, target: string, stem: string): Fixture {
  return { file, target, stem, name: stem.slice(root.length) };
}
