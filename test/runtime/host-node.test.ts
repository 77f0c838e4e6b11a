/** The real clock under Node: time passes, the host's event loop goes on, Ctrl-C reaches the program. */

import { describe, expect, test } from "@jest/globals";
import { input } from "../../src/runtime/builtins/input.js";
import { apply } from "../../src/runtime/core/call/call.js";
import { KeyboardInterrupt } from "../../src/runtime/core/exception/exceptions.js";
import { caught } from "../../src/runtime/core/exception/raise.js";
import { module } from "../../src/runtime/core/module/module.js";
import type { Value } from "../../src/runtime/core/values.js";
import type { InputSource } from "../../src/runtime/host/host.js";
import { NodeHost, type NodeHostOptions } from "../../src/runtime/host/node.js";
import * as asyncio from "../../src/runtime/modules/asyncio.js";
import { Timer } from "../../src/runtime/modules/machine.js";
import * as time from "../../src/runtime/modules/time.js";
import { type RunOptions, run } from "../../src/runtime/run.js";
import { print } from "./program.js";

async function runReal(
  body: () => Value,
  options: Omit<RunOptions, "host"> & { host?: NodeHostOptions } = {},
): Promise<{ out: string[]; err: string; code: number; ms: number }> {
  let out = "";
  let err = "";
  const host = new NodeHost({
    write: (data) => {
      out += data;
    },
    writeError: (data) => {
      err += data;
    },
    ...options.host,
  });
  const code = await run(module("main", { file: "main.py", names: {} }, body), {
    ...options,
    host,
  });
  return { out: out.split("\n").slice(0, -1), err, code, ms: host.now() };
}

describe("the real clock", () => {
  test("sleeping takes its time, and the host's timers go on meanwhile", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const { ms, code } = await runReal(function* () {
      yield* time.sleep_ms.wait(60);
    });
    clearInterval(timer);
    expect(code).toBe(0);
    expect(ms).toBeGreaterThanOrEqual(60);
    expect(ticks).toBeGreaterThan(0);
  });

  test("the host's timers go on while tasks never sleep", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    function* main(): Value {
      const start = time.ticks_ms();
      while (time.ticks_diff(time.ticks_ms(), start) < 100) yield* asyncio.sleep_ms(0);
    }
    await runReal(() => asyncio.run.wait(main()));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  test("tasks wake in the order of their deadlines", async () => {
    function* task(ms: number): Value {
      yield* asyncio.sleep_ms(ms);
      print(ms);
    }
    function* main(): Value {
      for (const ms of [40, 10, 30, 20]) asyncio.create_task(task(ms));
      yield* asyncio.sleep_ms(60);
    }
    const { out, ms } = await runReal(() => asyncio.run.wait(main()));
    expect(out).toEqual(["10", "20", "30", "40"]);
    expect(ms).toBeLessThan(200);
  });

  test("timers interrupt, also plain code that sleeps without suspending or polls", async () => {
    const { out } = await runReal(() => {
      let count = 0;
      const timer = apply(Timer, [], {
        period: 10,
        callback: (_t: Value) => {
          count += 1;
        },
      });
      time.sleep_ms(55);
      print(count >= 3);
      const before = count;
      const start = time.ticks_ms();
      while (time.ticks_diff(time.ticks_ms(), start) < 50);
      print(count > before);
      timer.deinit();
    });
    expect(out).toEqual(["True", "True"]);
  });

  test("plain code that cannot suspend says so when only an event could end its wait", async () => {
    const source: InputSource = { read: () => null, readable: () => false, watch: () => () => {} };
    const { err } = await runReal(() => (input as any)(), { host: { input: source } });
    expect(err).toBe("RuntimeError: cannot wait here: the caller is not able to suspend\n");
  });
});

describe("Ctrl-C", () => {
  test("raises KeyboardInterrupt where the program waits", async () => {
    function* main(): Value {
      try {
        yield* asyncio.sleep_ms(10_000);
      } finally {
        print("never: the task is not running");
      }
    }
    setTimeout(() => process.emit("SIGINT"), 20);
    const { err, code, out } = await runReal(() => asyncio.run.wait(main()));
    expect(err).toBe("KeyboardInterrupt: \n");
    expect(out).toEqual([]);
    expect(code).toBe(130);
  });

  test("reaches a task that blocks, and can be caught", async () => {
    function* main(): Value {
      try {
        yield* time.sleep.wait(10);
      } catch (error) {
        print(caught(error) instanceof KeyboardInterrupt);
      }
      yield* asyncio.sleep_ms(1);
      return "on";
    }
    setTimeout(() => process.emit("SIGINT"), 20);
    const { out, code } = await runReal(function* () {
      print(yield* asyncio.run.wait(main()));
    });
    expect(out).toEqual(["True", "on"]);
    expect(code).toBe(0);
  });
});

describe("work of the embedding program", () => {
  test("posted from the host's callbacks runs between steps and wakes the program", async () => {
    const { out, ms } = await runReal(
      () => {
        const flag = new asyncio.ThreadSafeFlag();
        function* main(): Value {
          shared = flag;
          yield* flag.wait();
          print("woken");
        }
        return asyncio.run.wait(main());
      },
      {
        started: ({ interrupts }) => setTimeout(() => interrupts.post(() => shared.set()), 20),
      },
    );
    expect(out).toEqual(["woken"]);
    expect(ms).toBeLessThan(1000);
  });
});

let shared: Value;
