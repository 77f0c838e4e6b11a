/** Order, states and errors of the asyncio loop; the expected lines are those of MicroPython's unix port. */

import { describe, expect, test } from "@jest/globals";
import { RuntimeError, ValueError } from "../../src/runtime/core/exception/exceptions.js";
import { caught } from "../../src/runtime/core/exception/raise.js";
import { awaiting } from "../../src/runtime/core/iteration/generators.js";
import type { Value } from "../../src/runtime/core/values.js";
import * as asyncio from "../../src/runtime/modules/asyncio.js";
import * as time from "../../src/runtime/modules/time.js";
import { at, print, runProgram } from "./program.js";

describe("run", () => {
  test("tasks alternate in the order of their deadlines and pushes", async () => {
    function* worker(name: string, ms: number): Value {
      for (let i = 0; i < 3; i++) {
        print(name, i, at());
        yield* asyncio.sleep_ms(ms);
      }
    }
    function* main(): Value {
      asyncio.create_task(worker("a", 20));
      asyncio.create_task(worker("b", 10));
      asyncio.create_task(worker("c", 20));
      yield* asyncio.sleep_ms(50);
      print("end", at());
      return 42;
    }
    const { out, code, err } = await runProgram(function* () {
      print(yield* asyncio.run.wait(main()));
      print("after");
    });
    expect(err).toBe("");
    expect(out).toEqual([
      "a 0 0",
      "b 0 0",
      "c 0 0",
      "b 1 10",
      "a 1 20",
      "c 1 20",
      "b 2 20",
      "a 2 40",
      "c 2 40",
      "end 50",
      "42",
      "after",
    ]);
    expect(code).toBe(0);
  });

  test("time.sleep in a coroutine stops every task", async () => {
    function* other(): Value {
      print("other", at());
    }
    function* main(): Value {
      asyncio.create_task(other());
      yield* time.sleep_ms.wait(100);
      print("main", at());
      yield* asyncio.sleep_ms(0);
      print("end", at());
    }
    const { out } = await runProgram(() => asyncio.run.wait(main()));
    expect(out).toEqual(["main 100", "other 100", "end 100"]);
  });

  test("plain code may call run() without suspending", async () => {
    function* main(): Value {
      yield* asyncio.sleep_ms(30);
      return at();
    }
    const { out } = await runProgram(() => print(asyncio.run(main())));
    expect(out).toEqual(["30"]);
  });

  test("run() goes on after an exception", async () => {
    function* fails(): Value {
      yield* asyncio.sleep_ms(1);
      throw new ValueError("no");
    }
    function* works(): Value {
      yield* asyncio.sleep_ms(1);
      return "ok";
    }
    const { out } = await runProgram(function* () {
      try {
        yield* asyncio.run.wait(fails());
      } catch (error) {
        print("caught", caught(error).value);
      }
      print(yield* asyncio.run.wait(works()));
    });
    expect(out).toEqual(["caught no", "ok"]);
  });

  test("a run nested in a running task works until that task suspends", async () => {
    function* bar(x: number): Value {
      for (let count = 1; ; count++) {
        print("Instance:", x, "count:", count);
        yield* asyncio.sleep_ms(200);
      }
    }
    function* main(): Value {
      try {
        yield* asyncio.run.wait(asyncio.wait_for(bar(10), 0.5));
      } catch (error) {
        print("exc", caught(error) instanceof asyncio.TimeoutError);
      }
      print("before sleep");
      yield* asyncio.sleep(1);
      print("never");
    }
    const { out, err, code } = await runProgram(() => asyncio.run.wait(main()));
    expect(out).toEqual([
      "Instance: 10 count: 1",
      "Instance: 10 count: 2",
      "Instance: 10 count: 3",
      "exc True",
      "before sleep",
    ]);
    expect(err).toContain("RuntimeError: no task is running");
    expect(code).toBe(1);
  });

  test("a coroutine is expected", async () => {
    const { err } = await runProgram(() => asyncio.run.wait(null));
    expect(err).toBe("TypeError: coroutine expected\n");
  });

  test("waiting for what cannot happen ends the program in virtual time", async () => {
    function* main(): Value {
      yield* new asyncio.Event().wait();
    }
    const { err, code } = await runProgram(() => asyncio.run.wait(main()));
    expect(err).toBe("RuntimeError: nothing is left that could wake the program\n");
    expect(code).toBe(1);
  });
});

describe("Task", () => {
  test("gives its result again and again, and its exception", async () => {
    function* ok(): Value {
      yield* asyncio.sleep_ms(1);
      return 1;
    }
    function* fails(): Value {
      throw new ValueError("bad");
    }
    function* main(): Value {
      const t = asyncio.create_task(ok());
      print(t.done(), yield* awaiting(t), yield* awaiting(t), t.done());
      const f = asyncio.create_task(fails());
      for (let i = 0; i < 2; i++) {
        try {
          yield* awaiting(f);
        } catch (error) {
          print(caught(error).value);
        }
      }
      print(t.ph_key, t.state, t.cancel());
    }
    const { out, err } = await runProgram(() => asyncio.run.wait(main()));
    expect(out).toEqual(["False 1 1 True", "bad", "bad", "1 False False"]);
    expect(err).toBe("");
  });

  test("cancels a sleep, an event, a task that waits for a task; not itself", async () => {
    const event = new (class {
      value: Value;
    })();
    function* sleeps(name: string, awaitable: () => Value): Value {
      try {
        yield* awaiting(awaitable());
      } catch (error) {
        print(name, caught(error) instanceof asyncio.CancelledError, at());
        throw error;
      }
    }
    function* main(): Value {
      event.value = new asyncio.Event();
      const a = asyncio.create_task(sleeps("sleep", () => asyncio.sleep_ms(1000)));
      const b = asyncio.create_task(sleeps("event", () => event.value.wait()));
      const inner = asyncio.create_task(sleeps("inner", () => asyncio.sleep_ms(1000)));
      const c = asyncio.create_task(sleeps("outer", () => inner));
      yield* asyncio.sleep_ms(5);
      print(a.cancel(), b.cancel(), c.cancel());
      yield* asyncio.sleep_ms(5);
      print(a.done(), b.done(), c.done(), inner.done());
      try {
        asyncio.current_task().cancel();
      } catch (error) {
        print(caught(error).value);
      }
    }
    const { out, err } = await runProgram(() => asyncio.run.wait(main()));
    expect(out).toEqual([
      "True True True",
      "sleep True 5",
      "event True 5",
      "inner True 5",
      "outer True 5",
      "True True True True",
      "can't cancel self",
    ]);
    expect(err).toBe("");
  });

  test("an exception that nobody retrieves is reported", async () => {
    function* fails(): Value {
      throw new ValueError("lost");
    }
    function* main(): Value {
      asyncio.create_task(fails());
      yield* asyncio.sleep_ms(1);
      asyncio.Loop.set_exception_handler((_loop: Value, context: Value) => {
        print(context.get("message"), context.get("exception").value);
      });
      asyncio.create_task(fails());
      yield* asyncio.sleep_ms(1);
    }
    const { out, err } = await runProgram(() => asyncio.run.wait(main()));
    expect(out).toEqual(["Task exception wasn't retrieved lost"]);
    expect(err).toMatch(
      /^Task exception wasn't retrieved\nfuture: <Task> coro= <generator object .*>\nValueError: lost\n$/,
    );
  });
});

describe("wait_for", () => {
  test("passes results and exceptions on, and times out", async () => {
    function* task(ms: number, fail = false): Value {
      try {
        yield* asyncio.sleep_ms(ms);
      } catch (error) {
        print("cancelled", at());
        throw error;
      }
      if (fail) throw new ValueError("boom");
      return ms;
    }
    function* main(): Value {
      print(yield* awaiting(asyncio.wait_for(task(10), 1)));
      try {
        yield* awaiting(asyncio.wait_for_ms(task(10, true), 100));
      } catch (error) {
        print(caught(error).value);
      }
      try {
        yield* awaiting(asyncio.wait_for_ms(task(100), 10));
      } catch (error) {
        print(caught(error) instanceof asyncio.TimeoutError, at());
      }
      print(yield* awaiting(asyncio.wait_for(task(7), null)));
    }
    const { out, err, time: end } = await runProgram(() => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["10", "boom", "cancelled 30", "True 30", "7"]);
    expect(end).toBe(37);
  });
});

describe("gather", () => {
  test("collects results in order; exceptions end it or are collected", async () => {
    function* task(n: number): Value {
      yield* asyncio.sleep_ms(10 * n);
      if (n === 2) throw new ValueError("two");
      return n;
    }
    function* main(): Value {
      print(yield* awaiting(asyncio.gather([task(3), task(1)])));
      print(yield* awaiting(asyncio.gather([task(1), task(2)], true)));
      try {
        yield* awaiting(asyncio.gather([task(1), task(2), task(3)]));
      } catch (error) {
        print(caught(error).value, at());
      }
      yield* asyncio.sleep_ms(20);
      print(yield* awaiting(asyncio.gather([])));
    }
    const { out, err } = await runProgram(() => asyncio.run.wait(main()));
    expect(err).toBe("");
    expect(out).toEqual(["[3, 1]", "[1, ValueError('two',)]", "two 70", "[]"]);
  });
});

describe("Event, Lock, ThreadSafeFlag", () => {
  test("an event wakes its waiters in order", async () => {
    const { out } = await runProgram(() => {
      const event = new asyncio.Event();
      function* waiter(n: number): Value {
        print("wait", n, yield* event.wait());
      }
      function* main(): Value {
        for (let i = 0; i < 3; i++) asyncio.create_task(waiter(i));
        yield* asyncio.sleep_ms(5);
        event.set();
        print("set", event.is_set());
        yield* asyncio.sleep_ms(5);
      }
      return asyncio.run.wait(main());
    });
    expect(out).toEqual(["set True", "wait 0 True", "wait 1 True", "wait 2 True"]);
  });

  test("a lock is passed on in order, also past a cancelled task", async () => {
    const { out, err } = await runProgram(() => {
      const lock = new asyncio.Lock();
      function* user(n: number): Value {
        yield* lock.acquire();
        print("got", n, at());
        try {
          yield* asyncio.sleep_ms(10);
        } finally {
          lock.release();
        }
      }
      function* main(): Value {
        const tasks = [0, 1, 2].map((n) => asyncio.create_task(user(n)));
        yield* asyncio.sleep_ms(5);
        tasks[1]?.cancel();
        yield* awaiting(tasks[2]);
        print(lock.locked());
        try {
          lock.release();
        } catch (error) {
          print(caught(error) instanceof RuntimeError, caught(error).value);
        }
      }
      return asyncio.run.wait(main());
    });
    expect(err).toBe("");
    expect(out).toEqual(["got 0 0", "got 2 10", "False", "True Lock not acquired"]);
  });

  test("a flag that was set before or while waiting clears itself", async () => {
    const { out } = await runProgram(() => {
      const flag = new asyncio.ThreadSafeFlag();
      function* setter(): Value {
        yield* asyncio.sleep_ms(20);
        flag.set();
      }
      function* main(): Value {
        flag.set();
        yield* flag.wait();
        print("first", at());
        asyncio.create_task(setter());
        yield* flag.wait();
        print("second", at());
        const t = asyncio.create_task(flag.wait());
        yield* asyncio.sleep_ms(1);
        t.cancel();
        yield* asyncio.sleep_ms(1);
        print(t.done());
      }
      return asyncio.run.wait(main());
    });
    expect(out).toEqual(["first 0", "second 20", "True"]);
  });
});

describe("Loop", () => {
  test("run_forever runs until stop()", async () => {
    function* ticker(): Value {
      for (;;) {
        print("tick", at());
        yield* asyncio.sleep_ms(10);
      }
    }
    function* stopper(): Value {
      yield* asyncio.sleep_ms(25);
      asyncio.get_event_loop().stop();
    }
    const { out } = await runProgram(function* () {
      const loop = asyncio.get_event_loop();
      loop.create_task(ticker());
      loop.create_task(stopper());
      yield* loop.run_forever.wait();
      print("stopped", at());
      asyncio.new_event_loop();
      print(yield* loop.run_until_complete.wait(one()));
    });
    function* one(): Value {
      return 1;
    }
    expect(out).toEqual(["tick 0", "tick 10", "tick 20", "stopped 25", "1"]);
  });
});
