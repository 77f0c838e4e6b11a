/** Runs a program written by hand in the form of emitted code, on the virtual host, and collects what it prints. */

import { current } from "../../src/runtime/core/context.js";
import { module } from "../../src/runtime/core/module/module.js";
import { str } from "../../src/runtime/core/repr.js";
import type { Value } from "../../src/runtime/core/values.js";
import { VirtualHost, type VirtualOptions } from "../../src/runtime/host/virtual.js";
import { type RunOptions, run } from "../../src/runtime/run.js";

export interface Outcome {
  out: string[];
  err: string;
  code: number;
  /** Virtual milliseconds that passed. */
  time: number;
}

/** `print(...)` for these programs. */
export function print(...values: Value[]): void {
  current().host.write(`${values.map((value) => str(value)).join(" ")}\n`);
}

/** The program's virtual milliseconds. */
export function at(): number {
  return current().host.now();
}

export async function runProgram(
  body: () => Value,
  options: Omit<RunOptions, "host"> & { host?: VirtualOptions } = {},
): Promise<Outcome> {
  let out = "";
  let err = "";
  const host = new VirtualHost({
    write: (data) => {
      out += text(data);
    },
    writeError: (data) => {
      err += text(data);
    },
    ...options.host,
  });
  const main = module("main", { file: "main.py", names: {} }, body);
  const code = await run(main, { ...options, host });
  return { out: out.split("\n").slice(0, -1), err, code, time: host.now() };
}

function text(data: string | Uint8Array): string {
  return typeof data === "string" ? data : new TextDecoder().decode(data);
}
