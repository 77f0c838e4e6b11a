/** Pins, signals, timers, LEDs and the switch on simulated boards, with their traces. */

import { describe, expect, test } from "@jest/globals";
import { textTrace } from "../../src/runtime/boards/sim/trace.js";
import { parseWiring, WiringError } from "../../src/runtime/boards/sim/wiring.js";
import { apply, applyMethod, call, invoke } from "../../src/runtime/core/call/call.js";
import { caught } from "../../src/runtime/core/exception/raise.js";
import { repr } from "../../src/runtime/core/repr.js";
import type { Value } from "../../src/runtime/core/values.js";
import * as asyncio from "../../src/runtime/modules/asyncio.js";
import { Pin, Signal, Timer } from "../../src/runtime/modules/machine.js";
import * as micropython from "../../src/runtime/modules/micropython.js";
import { LED, Switch } from "../../src/runtime/modules/pyb.js";
import * as time from "../../src/runtime/modules/time.js";
import type { RunOptions } from "../../src/runtime/run.js";
import { at, type Outcome, print, runProgram } from "./program.js";

/** Runs a program and collects the trace of its board. */
async function traced(
  body: () => Value,
  options: Omit<RunOptions, "host"> = {},
): Promise<Outcome & { trace: string[] }> {
  const trace: string[] = [];
  const sink = textTrace((line) => trace.push(line.trimEnd()));
  return { ...(await runProgram(body, { ...options, trace: [sink] })), trace };
}

function failure(action: () => Value): string {
  try {
    action();
  } catch (error) {
    return repr(caught(error));
  }
  return "nothing raised";
}

describe("the blink of the documentation", () => {
  function* blink(led: Value, period: number): Value {
    for (;;) {
      invoke(led, "on");
      yield* asyncio.sleep_ms(5);
      invoke(led, "off");
      yield* asyncio.sleep_ms(period);
    }
  }
  function* main(led1: Value, led2: Value): Value {
    asyncio.create_task(blink(led1, 700));
    asyncio.create_task(blink(led2, 400));
    yield* asyncio.sleep_ms(1000);
  }

  test("with LEDs of a pyboard", async () => {
    const {
      trace,
      err,
      time: end,
    } = await traced(() => asyncio.run.wait(main(new LED(1), new LED(2))), { board: "pyboard" });
    expect(err).toBe("");
    expect(trace).toEqual([
      "     0.000 ms  LED(1)  1",
      "     0.000 ms  LED(2)  1",
      "     5.000 ms  LED(1)  0",
      "     5.000 ms  LED(2)  0",
      "   405.000 ms  LED(2)  1",
      "   410.000 ms  LED(2)  0",
      "   705.000 ms  LED(1)  1",
      "   710.000 ms  LED(1)  0",
      "   810.000 ms  LED(2)  1",
      "   815.000 ms  LED(2)  0",
    ]);
    expect(end).toBe(1000);
  });

  test("with pins of a generic board that were never configured", async () => {
    const { trace } = await traced(() => asyncio.run.wait(main(new Pin(1), new Pin(2))));
    expect(trace[0]).toBe("     0.000 ms  Pin(1)  1");
    expect(trace).toHaveLength(10);
  });
});

describe("Pin", () => {
  test("is one object for each pin; reads and writes", async () => {
    const { out, trace } = await traced(() => {
      const pin = new Pin(2, Pin.OUT);
      print(pin === new Pin(2), pin === call(Pin, 2), pin === apply(Pin, ["GP2"], { value: 1 }));
      print(pin.value(), call(pin), pin);
      pin.off();
      pin.toggle();
      call(pin, 0);
      pin.init(Pin.IN, Pin.PULL_UP);
      print(pin.value(), pin);
      const drain = apply(Pin, [3], { mode: Pin.OPEN_DRAIN, pull: Pin.PULL_UP });
      print(drain.value());
      drain.value(0);
      print(drain.value());
    });
    expect(out).toEqual([
      "True True True",
      "1 1 Pin(GPIO2, mode=OUT)",
      "1 Pin(GPIO2, mode=IN, pull=PULL_UP)",
      "1",
      "0",
    ]);
    expect(trace.map((line) => line.slice(15))).toEqual([
      "Pin(2)  1",
      "Pin(2)  0",
      "Pin(2)  1",
      "Pin(2)  0",
      "Pin(2)  1",
      "Pin(3)  1",
      "Pin(3)  0",
    ]);
  });

  test.each([
    ["generic", 99, "ValueError('invalid pin',)"],
    ["pico", "X1", "ValueError('unknown named pin \"X1\"',)"],
    ["esp32", 24, "ValueError('invalid pin',)"],
    ["pyboard", "P9", 'ValueError("Pin(P9) doesn\'t exist",)'],
  ] as const)("%s refuses pin %s", async (board, id, message) => {
    const { out } = await traced(() => print(failure(() => new Pin(id))), { board });
    expect(out).toEqual([message]);
  });

  test("esp32 has pins that can only be read", async () => {
    const { out } = await traced(() => print(failure(() => new Pin(34, Pin.OUT))), {
      board: "esp32",
    });
    expect(out).toEqual(["ValueError('pin can only be input',)"]);
  });

  test("wired pins share a level, and edges reach the handler between the steps", async () => {
    const wiring = parseWiring({ wires: ["GP0 -> GP1"] });
    const { out } = await traced(
      function* () {
        const output = new Pin(0, Pin.OUT);
        const input = new Pin(1, Pin.IN);
        input.irq(
          (pin: Value) => print("irq", pin.value(), at()),
          Pin.IRQ_RISING | Pin.IRQ_FALLING,
        );
        output.on();
        print("written", input.value());
        yield* time.sleep_ms.wait(10);
        output.off();
        yield* time.sleep_ms.wait(10);
        input.irq(null);
        output.on();
        yield* time.sleep_ms.wait(10);
      },
      { wiring },
    );
    expect(out).toEqual(["written 1", "irq 1 0", "irq 0 10"]);
  });
});

describe("wiring", () => {
  test("presses buttons and drives pins at their times", async () => {
    const wiring = parseWiring({
      events: ["GP2 button press at 120 ms for 15 ms", "GP3 high at 0.2 s", "GP3 low at 250 ms"],
    });
    const { trace, out } = await traced(
      function* () {
        const button = new Pin(2, Pin.IN, Pin.PULL_UP);
        applyMethod(button, "irq", [], {
          handler: (_pin: Value) => print("pressed", at()),
          trigger: Pin.IRQ_FALLING,
        });
        yield* time.sleep_ms.wait(300);
      },
      { wiring },
    );
    expect(out).toEqual(["pressed 120"]);
    expect(trace).toEqual([
      "   120.000 ms  Pin(2)  0",
      "   135.000 ms  Pin(2)  1",
      "   200.000 ms  Pin(3)  1",
      "   250.000 ms  Pin(3)  0",
    ]);
  });

  test("a button bounces as often as it is told", async () => {
    const wiring = parseWiring({ events: ["SW press at 10 ms for 20 ms, bounce 3"] });
    const { trace } = await traced(() => time.sleep_ms.wait(100), { wiring });
    expect(trace).toHaveLength(8);
  });

  test.each([
    [{ events: ["GP2 pushed"] }, 'an event is "PIN press at TIME for TIME"'],
    [{ events: ["GP2 press at 3 weeks"] }, "a time is a number and us, ms, s or min"],
    [{ wires: ["GP2"] }, 'a wire is "PIN -> PIN"'],
    [{ wire: [] }, "wire: unknown entry"],
    [[], "a wiring file holds an object"],
  ])("says what is wrong with %j", (data, message) => {
    expect(() => parseWiring(data)).toThrow(WiringError);
    expect(() => parseWiring(data)).toThrow(message);
  });

  test("a pin that the board does not have is an error of the wiring", async () => {
    const wiring = parseWiring({ wires: ["GP0 -> GP77"] });
    await expect(traced(() => null, { wiring })).rejects.toThrow(/GP77: board \w+ has no such pin/);
  });
});

describe("Signal", () => {
  test("inverts", async () => {
    const { out, trace } = await traced(() => {
      const pin = new Pin(4, Pin.OUT);
      const signal = apply(Signal, [pin], { invert: true });
      print(signal.value());
      signal.off();
      print(signal.value(), pin.value());
      signal.on();
      print(call(signal), pin.value());
      apply(Signal, [5, Pin.OUT], { value: 0, invert: true });
    });
    expect(out).toEqual(["1", "0 1", "1 0"]);
    expect(trace.at(-1)).toContain("Pin(5)  1");
  });
});

describe("Timer", () => {
  test("calls back again and again, or once", async () => {
    const { out, err } = await traced(function* () {
      const timer = apply(Timer, [], { period: 100, callback: (_t: Value) => print("tick", at()) });
      const once = new Timer();
      applyMethod(once, "init", [], {
        mode: Timer.ONE_SHOT,
        period: 250,
        callback: (t: Value) => print("once", t === once, t),
      });
      yield* time.sleep_ms.wait(350);
      timer.deinit();
      yield* time.sleep_ms.wait(350);
    });
    expect(err).toBe("");
    expect(out).toEqual([
      "tick 100",
      "tick 200",
      "once True Timer(mode=ONE_SHOT, period=250)",
      "tick 300",
    ]);
  });

  test("runs between the steps of tasks and may set a ThreadSafeFlag", async () => {
    const { out } = await traced(() => {
      const flag = new asyncio.ThreadSafeFlag();
      function* main(): Value {
        apply(Timer, [-1], { freq: 10, callback: (_t: Value) => flag.set() });
        for (let i = 0; i < 3; i++) {
          yield* flag.wait();
          print("flag", at());
        }
      }
      return asyncio.run.wait(main());
    });
    expect(out).toEqual(["flag 100", "flag 200", "flag 300"]);
  });

  test("an exception of the callback is printed, and the program goes on", async () => {
    const { out, err } = await traced(function* () {
      apply(Timer, [], { mode: Timer.ONE_SHOT, period: 1, callback: (_t: Value) => call(null) });
      yield* time.sleep_ms.wait(10);
      print("on");
    });
    expect(err).toBe("TypeError: 'NoneType' object isn't callable\n");
    expect(out).toEqual(["on"]);
  });

  test("a timer that does not exist", async () => {
    const { out } = await traced(() => print(failure(() => new Timer(0))), { board: "pico" });
    expect(out).toEqual(['ValueError("Timer doesn\'t exist",)']);
  });
});

describe("polling without resting", () => {
  test("reading the clock lets virtual time pass", async () => {
    const { out } = await traced(() => {
      const start = time.ticks_ms();
      while (time.ticks_diff(time.ticks_ms(), start) < 100);
      print(at() >= 100);
    });
    expect(out).toEqual(["True"]);
  });

  test("so do tasks that never sleep", async () => {
    const { out } = await traced(() => {
      let done = false;
      function* busy(): Value {
        while (!done) yield* asyncio.sleep_ms(0);
        return "busy ended";
      }
      function* main(): Value {
        const task = asyncio.create_task(busy());
        yield* asyncio.sleep_ms(20);
        done = true;
        print(yield* task);
      }
      return asyncio.run.wait(main());
    });
    expect(out).toEqual(["busy ended"]);
  });

  test("schedule() runs at once, nested ones afterwards, and fills up", async () => {
    const { out, err } = await traced(() => {
      const inner = (n: Value): Value => print("inner", n);
      micropython.schedule((n: Value) => {
        micropython.schedule(inner, 1);
        print("outer", n);
        print(
          failure(() => {
            for (let i = 0; i < 9; i++) micropython.schedule((_n: Value) => null, i);
          }),
        );
      }, 0);
    });
    expect(err).toBe("");
    expect(out).toEqual(["outer 0", "RuntimeError('schedule queue full',)", "inner 1"]);
  });
});

describe("pyb", () => {
  test("Switch", async () => {
    const wiring = parseWiring({ events: ["SW press at 10 ms for 20 ms"] });
    const { out } = await traced(
      function* () {
        const button = new Switch();
        button.callback(() => print("pressed", at(), call(button)));
        print(button, button.value());
        yield* time.sleep_ms.wait(100);
      },
      { wiring, board: "pyboard" },
    );
    expect(out).toEqual(["Switch() False", "pressed 10 True"]);
  });

  test("LED", async () => {
    const { out } = await traced(() => {
      const led = new LED(4);
      led.intensity(100);
      print(led, led === new LED(4), led.intensity());
      led.toggle();
      print(
        led.intensity(),
        failure(() => new LED(5)),
      );
    });
    expect(out).toEqual(["LED(4) True 100", '0 ValueError("LED(5) doesn\'t exist",)']);
  });
});
