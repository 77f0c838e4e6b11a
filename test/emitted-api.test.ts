/**
 * Emitted modules are programmed against in TypeScript: the compiler knows their parameters, results
 * and fields, completes them, and objects to wrong use. Checks programs written by hand against an
 * emitted module, and against the declarations that `tsc` makes of it.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strictSettings } from "../scripts/strict-settings.js";
import { compile } from "../src/index.js";

const root = new URL("../", import.meta.url).pathname;
const tsc = join(root, "node_modules/typescript/bin/tsc");

const PYTHON = `
import asyncio
from machine import Pin

LIMIT = 10


class Counter:
    """Counts what goes by."""

    def __init__(self, pin, name="counter"):
        self.pin = pin
        self.name = name
        self.count = 0
        self.history = []

    def advance(self, by=1):
        self.count += by
        self.history.append(self.count)
        return self.count

    async def settle(self, ms):
        await asyncio.sleep_ms(ms)
        return self.name


def average(values: list[int]) -> float:
    return sum(values) / len(values)


counter = Counter(Pin(2))
counter.advance(2)
asyncio.run(counter.settle(5))
average(counter.history)
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mpy2ts-api-"));
  mkdirSync(join(folder, "out"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const { ts } = compile(PYTHON, { file: "counting.py" });
  writeFileSync(join(folder, "out/counting.ts"), ts ?? "");
});
afterAll(() => rmSync(folder, { recursive: true }));

function check(program: string, options: object = {}): readonly string[] {
  writeFileSync(join(folder, "program.ts"), program);
  const settings = { ...strictSettings(root, options), files: ["program.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

test("right use type-checks", () => {
  const errors = check(`
import { average, Counter, LIMIT } from "./out/counting.ts";
import { Pin } from "mpy2ts/modules/machine";

const counter = new Counter(new Pin(4), "hall");
const count: number = counter.advance();
const name: string = counter.name;
const history: number[] = counter.history;
const pin: Pin = counter.pin;
const limit: 10 = LIMIT;
function* both(): Generator<any, string, any> {
  return yield* counter.settle(20);
}
export { average, both, count, history, limit, name, pin };
`);
  expect(errors).toEqual([]);
}, 60_000);

test("wrong use does not", () => {
  const errors = check(`
import { average, Counter } from "./out/counting.ts";
import { Pin } from "mpy2ts/modules/machine";

const counter = new Counter(new Pin(4));
counter.advance("three");
const name: number = counter.name;
average("text");
const settled: number = counter.settle(20);
export { name, settled };
`);
  expect(errors.map((line) => /program\.ts\((\d+),.*(TS\d+)/.exec(line)?.slice(1))).toEqual([
    ["6", "TS2345"],
    ["7", "TS2322"],
    ["8", "TS2345"],
    ["9", "TS2322"],
  ]);
}, 60_000);

test("declarations say the same", () => {
  const declared = check('export * from "./out/counting.ts";\n', {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: join(folder, "types"),
  });
  expect(declared).toEqual([]);
  const text = readFileSync(join(folder, "types/out/counting.d.ts"), "utf8");
  for (const line of [
    "export declare const LIMIT = 10;",
    "    count: number;",
    "    history: number[];",
    "    pin: Pin;",
    "    advance(by?: number): number;",
    "    settle(ms: number): Coroutine<string>;",
    "export declare function average(values: number[]): Real;",
    "/** Counts what goes by. */",
  ]) {
    expect(text).toContain(line);
  }
}, 60_000);
