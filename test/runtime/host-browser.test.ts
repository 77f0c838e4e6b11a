/** The host of a page: real time without Node, output and the stop button through callbacks. */

import { expect, test } from "@jest/globals";
import { module } from "../../src/runtime/core/module/module.js";
import type { Value } from "../../src/runtime/core/values.js";
import { BrowserHost } from "../../src/runtime/host/browser.js";
import * as asyncio from "../../src/runtime/modules/asyncio.js";
import * as time from "../../src/runtime/modules/time.js";
import { run } from "../../src/runtime/run.js";
import { print } from "./program.js";

async function inPage(
  body: () => Value,
  stop?: (interrupt: () => void) => () => void,
): Promise<{ out: string; err: string; code: number; ms: number }> {
  let out = "";
  let err = "";
  const host = new BrowserHost({
    write: (data) => {
      out += data;
    },
    writeError: (data) => {
      err += data;
    },
    ...(stop !== undefined && { onInterrupt: stop }),
  });
  const code = await run(module("main", { file: "main.py", names: {} }, body), { host });
  return { out, err, code, ms: host.now() };
}

test("tasks sleep in real time while the page's timers go on", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  function* main(): Value {
    yield* asyncio.sleep_ms(50);
    print("done");
  }
  const { out, ms } = await inPage(() => asyncio.run.wait(main()));
  clearInterval(timer);
  expect(out).toBe("done\n");
  expect(ms).toBeGreaterThanOrEqual(50);
  expect(ticks).toBeGreaterThan(0);
});

test("the stop button raises KeyboardInterrupt", async () => {
  const { err, code } = await inPage(
    function* () {
      yield* time.sleep.wait(10);
    },
    (interrupt) => {
      const timer = setTimeout(interrupt, 20);
      return () => clearTimeout(timer);
    },
  );
  expect(err).toBe("KeyboardInterrupt: \n");
  expect(code).toBe(130);
});

test("plain code pauses shortly, and is refused a long sleep", async () => {
  const { out, err } = await inPage(() => {
    time.sleep_ms(5);
    print("short");
    time.sleep(5);
  });
  expect(out).toBe("short\n");
  expect(err).toContain("RuntimeError: cannot wait here");
});
