/** examples/thermostat-service, built and started as its package.json says. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { folderWith, mpy2ts, packageFolder } from "../harness/command-line.js";

let service: ChildProcess;
let printed = "";
let port = "";

async function prints(pattern: RegExp): Promise<RegExpExecArray> {
  for (let i = 0; i < 1000; i++) {
    const found = pattern.exec(printed);
    if (found !== null) return found;
    await delay(20);
  }
  throw new Error(`the service does not print ${pattern}; it printed ${printed}`);
}

async function get(path: string): Promise<{ code: number; body: unknown }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { code: response.status, body: await response.json() };
}

beforeAll(async () => {
  const folder = folderWith({});
  cpSync(join(packageFolder, "examples/thermostat-service"), folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packageFolder, join(folder, "node_modules/mpy2ts"));
  symlinkSync(join(packageFolder, "node_modules/@types"), join(folder, "node_modules/@types"));
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const [build = "", tsc] = scripts.build.split(" && ");
  expect(tsc).toBe("tsc");
  const built = mpy2ts(build.split(" ").slice(1), folder);
  expect(built.stdout + built.stderr).toBe("Wrote 2 modules to generated.\n");
  execFileSync(join(packageFolder, "node_modules/.bin/tsc"), { cwd: folder });
  const [, ...start] = scripts.start.split(" ");
  service = spawn(process.execPath, start, { cwd: folder });
  for (const stream of [service.stdout, service.stderr]) {
    stream?.on("data", (data) => {
      printed += data;
    });
  }
  [, port = ""] = await prints(/listening on (\d+)/);
}, 120_000);

afterAll(() => {
  service?.kill("SIGKILL");
});

test("it has awaited the promise of the service", async () => {
  await prints(/outside it is 7\.5/);
  expect(await get("/status")).toEqual({
    code: 200,
    body: { celsius: 15, target: 18, heating: false },
  });
});

test("a flag set by a request starts it; a request awaits a coroutine", async () => {
  await get("/start");
  const { body } = await get("/reached?ms=20000");
  expect(Math.abs((body as number) - 18)).toBeLessThanOrEqual(1);
  await prints(/heating on/);
});

test("a call wakes a task of the program, which calls the service", async () => {
  expect(await get("/target?celsius=21")).toEqual({ code: 200, body: 18 });
  await get("/status");
  expect(await get("/shown")).toEqual({ code: 200, body: ["target 21"] });
});

test("while a call blocks, others are answered", async () => {
  const calibrated = get("/calibrate");
  let answered = 0;
  let done = false;
  void calibrated.then(() => {
    done = true;
  });
  while (!done) {
    await get("/status");
    answered += 1;
  }
  expect(answered).toBeGreaterThan(1);
  expect((await calibrated).body).toEqual(expect.any(Number));
});

test("Python's exceptions arrive with their tracebacks", async () => {
  const { code, body } = await get("/target?celsius=80");
  expect(code).toBe(422);
  expect(body).toMatchObject({ error: "ValueError", message: "no target: 80" });
  expect((body as { traceback: string }).traceback).toContain("ValueError: no target: 80");
});

test("a stop runs the finally blocks", async () => {
  const ended = new Promise((resolve) => service.on("exit", resolve));
  service.kill("SIGTERM");
  await prints(/the program has ended with 130/);
  expect(printed).toMatch(/heating off for the night\n.*bye\n/);
  expect(await ended).toBe(0);
});
