/** Emitted programs that serve the tests of this folder, and the tools of other people's that call them. */

import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { folderWith, Running } from "../harness/command-line.js";
import { freePort } from "../harness/free-port.js";

const here = new URL(".", import.meta.url).pathname;

/** The names of all keys and certificates. */
export function certificates(): string[] {
  return readdirSync(`${here}certificates`).filter((name) => /\.(pem|der)$/.test(name));
}

export function certificate(name: string): Buffer {
  return readFileSync(`${here}certificates/${name}`);
}

/** Starts a program of `programs/` on a free port, beside the given files; returns when it listens. */
export async function serve(
  name: string,
  files: readonly string[] = [],
): Promise<{ port: number; folder: string; server: Running }> {
  const port = await freePort();
  const folder = program(name, port, files);
  const server = new Running(["run", "main.py"], folder);
  await server.until(/listening/);
  return { port, folder, server };
}

/** A folder with a program that talks to `port`, and certificates. */
export function program(name: string, port: number, files: readonly string[]): string {
  const text = readFileSync(`${here}programs/${name}`, "utf8").replace(
    "PORT = 0",
    `PORT = ${port}`,
  );
  const known = certificates();
  return folderWith({
    "main.py": text,
    ...Object.fromEntries(
      files.map((file) => [file, known.includes(file) ? certificate(file) : ""]),
    ),
  });
}

/** `test`, or `test.skip` where a tool is absent: jest then reports it as skipped. */
export function testWith(tool: string): typeof test | typeof test.skip {
  const found = spawnSync(tool, [tool === "openssl" ? "version" : "--version"]).status === 0;
  return found ? test : test.skip;
}

/** Runs a tool to its end, with `input` on its standard input. */
export function runTool(
  tool: string,
  args: readonly string[],
  input = "",
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(tool, args);
    let output = "";
    const collect = (data: Buffer): void => {
      output += data;
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("close", (status) => resolve({ status, output }));
    child.stdin.end(input);
  });
}
