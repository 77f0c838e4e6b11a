import { Dict } from "../../src/runtime/core/container/dict.js";
import { RuntimeModule } from "../../src/runtime/core/module/module.js";
import {
  applyMethodWait,
  blocking,
  type Context,
  call,
  callWait,
  define,
  enter,
  getattr,
  invoke,
  invokeWait,
  list,
  newWait,
  PyObject,
  Wait,
} from "../../src/runtime/index.js";
import { raised } from "./python.js";

let now = 0;
let possible = true;
const waits: Wait[] = [];

function context(): Context {
  return {
    host: null,
    board: null,
    argv: [],
    modules: new Dict(),
    sysPath: [],
    block(wait) {
      waits.push(wait);
      now = wait.until ?? now;
      return possible;
    },
    names: { lacks: {}, constants: {} },
    floats: "double",
    hasModule: () => false,
    state: new Map(),
  };
}

const sleep = blocking(function* sleep(ms: number): Generator<Wait, null, any> {
  yield new Wait(now + ms);
  return null;
});
const twice = blocking(function* twice(ms: number): Generator<Wait, any, any> {
  yield* sleep.wait(ms);
  yield* sleep.wait(ms);
});

class Device extends PyObject {
  static {
    define(this, { methods: { update: "n=", __init__: "n" }, blocking: ["__init__", "update"] });
  }
  override *__init__(n: any): any {
    yield new Wait(now + n);
    this.n = n;
  }
  *update(n: any = 7): Generator<Wait, any, any> {
    yield new Wait(now + this.n);
    return n;
  }
  plain() {
    return 1;
  }
}

let previous: Context | null;
beforeEach(() => {
  previous = enter(context());
  now = 0;
  possible = true;
  waits.length = 0;
});
afterEach(() => {
  enter(previous);
});

describe("blocking functions", () => {
  test("called plainly, wait at once", () => {
    expect(call(twice, 5)).toBe(null);
    expect(now).toBe(10);
    expect(raised(() => call(sleep))).toBe(
      "TypeError: sleep() takes 1 positional arguments but 0 were given",
    );
  });

  test("that cannot wait say so", () => {
    possible = false;
    expect(raised(() => sleep(1))).toBe(
      "RuntimeError: cannot wait here: the caller is not able to suspend",
    );
  });

  test("suspend their caller through wait", () => {
    expect([...twice.wait(5)].map((wait) => (wait as Wait).until)).toEqual([5, 5]);
    expect(now).toBe(0);
  });

  test("a generator that blocks waits inside a loop", () => {
    function* ticks(): Generator<any, any, any> {
      for (let i = 0; i < 3; i++) {
        yield* sleep.wait(10);
        yield i;
      }
    }
    expect(list(ticks())).toEqual([0, 1, 2]);
    expect(now).toBe(30);
  });
});

describe("calls that may suspend", () => {
  function run(generator: Generator<any, any, any>): any {
    for (;;) {
      const step = generator.next();
      if (step.done) return step.value;
      now = (step.value as Wait).until as number;
    }
  }

  test("functions, methods and constructors", () => {
    expect(run(callWait(sleep, 4))).toBe(null);
    expect(run(callWait((a: any) => a, 4))).toBe(4);
    const device = run(newWait(Device, [3]));
    expect([now, device.n]).toEqual([7, 3]);
    expect(run(invokeWait(device, "update"))).toBe(7);
    expect(run(applyMethodWait(device, "update", [], { n: 1 }))).toBe(1);
    expect(run(invokeWait(device, "plain"))).toBe(1);
    expect(run(callWait(getattr(device, "update"), 9))).toBe(9);
    expect(run(callWait(getattr(Device, "update"), device, 2))).toBe(2);
    expect(now).toBe(19);
    expect(raised(() => run(invokeWait(device, "update", 1, 2)))).toBe(
      "TypeError: update() takes 2 positional arguments but 3 were given",
    );
  });

  test("functions of classes and modules", () => {
    class Bus extends PyObject {
      static pause = sleep;
      static {
        define(this, { statics: { pause: "ms" } });
      }
    }
    const clock = new RuntimeModule("clock", { sleep });
    expect(run(invokeWait(Bus, "pause", 4))).toBe(null);
    expect(run(invokeWait(clock, "sleep", 5))).toBe(null);
    expect(run(invokeWait(Device, "update", run(newWait(Device, [3])), 1))).toBe(1);
    expect([now, waits]).toEqual([15, []]);
  });

  test("plain calls of blocking methods wait at once", () => {
    const device = call(Device, 3);
    expect(invoke(device, "update", 8)).toBe(8);
    expect(now).toBe(6);
    expect(call(getattr(device, "update"), 1)).toBe(1);
  });
});
