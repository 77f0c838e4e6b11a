import {
  asyncIter,
  asyncManager,
  awaiting,
  call,
  classOf,
  contains,
  each,
  enumerate,
  eq,
  filter,
  GeneratorExit,
  getattr,
  hasattr,
  IndexError,
  invoke,
  iter,
  list,
  manager,
  map,
  next,
  raise,
  range,
  received,
  repr,
  reversed,
  StopAsyncIteration,
  StopIteration,
  str,
  tup,
  type,
  unpack,
  unpackStar,
  ValueError,
  zip,
} from "../../src/runtime/index.js";
import { raised } from "./python.js";

describe("generators", () => {
  test("send, throw, close", () => {
    const log: any[] = [];
    function* gen(): Generator<any, any, any> {
      log.push(received(yield 1));
      try {
        yield 2;
      } catch (e) {
        log.push(e instanceof GeneratorExit);
        throw e;
      }
    }
    const g = gen();
    expect(raised(() => invoke(g, "send", 4))).toBe(
      "TypeError: can't send non-None value to a just-started generator",
    );
    expect(next(g)).toBe(1);
    expect(invoke(g, "send", 4)).toBe(2);
    expect(invoke(g, "close")).toBe(null);
    expect(log).toEqual([4, true]);
    expect(raised(() => next(g))).toBe("StopIteration: ");
    expect(raised(() => invoke(g, "throw", ValueError))).toBe("StopIteration: ");
    expect([repr(type(g)), repr(type(gen))]).toEqual([
      "<class 'generator'>",
      "<class 'generator'>",
    ]);
    expect(hasattr(g, "__name__")).toBe(false);
    expect(call(getattr(gen(), "__next__"))).toBe(1);
  });

  test("values and exceptions", () => {
    function* done(): Generator<any, any, any> {
      yield 1;
      return 5;
    }
    const g = done();
    next(g);
    expect(raised(() => next(g))).toBe("StopIteration: 5");
    expect(next(g, 7)).toBe(7);
    function* stops(): Generator<any, any, any> {
      yield 1;
      throw raise(new StopIteration(4));
    }
    expect(raised(() => list(stops()))).toBe("RuntimeError: generator raised StopIteration");
    function* ignores(): Generator<any, any, any> {
      for (;;) {
        try {
          yield 1;
        } catch {}
      }
    }
    const stubborn = ignores();
    next(stubborn);
    expect(raised(() => invoke(stubborn, "close"))).toBe(
      "RuntimeError: generator ignored GeneratorExit",
    );
    const fresh = done();
    expect(raised(() => invoke(fresh, "throw", (ValueError as any)("x")))).toMatch(
      /ValueError|callable/,
    );
  });

  test("throw takes a class or an instance, pend_throw waits", () => {
    function* catches(): Generator<any, any, any> {
      for (;;) {
        try {
          yield "idle";
        } catch (e) {
          yield str(e);
        }
      }
    }
    const g = catches();
    next(g);
    expect(invoke(g, "throw", new ValueError("a"))).toBe("a");
    next(g);
    expect(invoke(g, "throw", ValueError, new ValueError("b"))).toBe("b");
    next(g);
    expect(invoke(g, "pend_throw", new ValueError("c"))).toBe(null);
    expect(next(g)).toBe("c");
  });

  test("a loop that ends early leaves the generator open", () => {
    function* count(): Generator<any, any, any> {
      yield* [1, 2, 3];
    }
    const g = count();
    for (const _ of each(g)) break;
    expect([...each(g)]).toEqual([2, 3]);
  });

  test("yield from other iterables", () => {
    const It = classOf("It", [], {
      __iter__: (self: any) => self,
      __next__: (self: any) => {
        self.n = getattr(self, "n", 0) + 1;
        if (self.n > 2) throw new StopIteration(9);
        return self.n;
      },
    });
    function* outer(): Generator<any, any, any> {
      const a = yield* awaiting([5]);
      const b = yield* awaiting(call(It));
      return tup(received(a), b);
    }
    const g = outer();
    expect([next(g), next(g), next(g)]).toEqual([5, 1, 2]);
    expect(raised(() => next(g))).toBe("StopIteration: (None, 9)");
    const thrown = outer();
    next(thrown);
    expect(raised(() => invoke(thrown, "throw", new ValueError("x")))).toBe("ValueError: x");
    expect(raised(() => awaiting(5))).toBe("TypeError: 'int' object isn't iterable");
  });
});

describe("iteration", () => {
  const Indexed = classOf("Indexed", [], {
    __getitem__: (_self: any, i: any) => {
      if (i > 2) throw new IndexError();
      return i * 10;
    },
  });

  test("of builtin iterables", () => {
    expect([...each("aé😀")]).toEqual(["a", "é", "😀"]);
    expect(list(range(0, 10, 3))).toEqual([0, 3, 6, 9]);
    expect(list(range(3, 0, -1))).toEqual([3, 2, 1]);
    expect(repr(list(enumerate("ab", 1)))).toBe("[(1, 'a'), (2, 'b')]");
    expect(repr(list(zip([1, 2], "ab", range(9))))).toBe("[(1, 'a', 0), (2, 'b', 1)]");
    expect(list(map((a: any, b: any) => a + b, [1, 2], [3, 4, 5]))).toEqual([4, 6]);
    expect(list(filter(null, [0, 1, "", "x"]))).toEqual([1, "x"]);
    expect(list(reversed([1, 2]))).toEqual([2, 1]);
    expect(list(call(Indexed))).toEqual([0, 10, 20]);
    expect(contains(call(Indexed), 10)).toBe(true);
    expect(list(iter(call(Indexed)))).toEqual([0, 10, 20]);
  });

  test("iter and next", () => {
    const it = iter([1, 2]);
    expect([next(it), next(it), next(it, null)]).toEqual([1, 2, null]);
    expect(raised(() => next(it))).toBe("StopIteration: ");
    expect(repr(it)).toBe("<iterator>");
    expect(call(getattr(iter("x"), "__next__"))).toBe("x");
    expect(hasattr([], "__next__")).toBe(false);
  });

  test.each([
    [() => iter(1), "TypeError: 'int' object isn't iterable"],
    [() => next(1), "TypeError: 'int' object isn't an iterator"],
    [() => next([]), "TypeError: 'list' object isn't an iterator"],
    [() => list(null), "TypeError: 'NoneType' object isn't iterable"],
    [() => unpack([1], 2), "ValueError: need more than 1 values to unpack"],
    [() => unpack([1, 2, 3], 2), "ValueError: too many values to unpack (expected 2)"],
    [() => unpack(range(5), 2), "ValueError: too many values to unpack (expected 2)"],
    [() => unpackStar([1], 1, 1), "ValueError: need more than 1 values to unpack"],
    [
      () => (map as any)(1),
      "TypeError: 'undefined' object isn't iterable".replace("undefined", "NoneType"),
    ],
  ])("%s", (run, message) => expect(raised(run as any)).toBe(message));

  test("unpacking", () => {
    expect(unpack("ab", 2)).toEqual(["a", "b"]);
    expect(unpackStar([1, 2, 3, 4], 1, 1)).toEqual([1, [2, 3], 4]);
    expect(unpackStar(range(2), 1, 1)).toEqual([0, [], 1]);
  });
});

describe("with", () => {
  const make = (swallow: any, log: any[]) =>
    call(
      classOf("Cm", [], {
        __enter__: (_self: any) => {
          log.push("enter");
          return 5;
        },
        __exit__: (_self: any, kind: any, value: any, _tb: any) => {
          log.push(kind === null ? null : str(value));
          return swallow;
        },
      }),
    );
  function use(swallow: any, log: any[], body: () => void) {
    const cm = manager(make(swallow, log));
    expect(cm.enter()).toBe(5);
    try {
      body();
    } catch (e) {
      cm.caught(e);
    } finally {
      cm.exit();
    }
  }

  test("exits once, with the exception or without", () => {
    const log: any[] = [];
    use(null, log, () => {});
    use(true, log, () => {
      throw new ValueError("x");
    });
    expect(
      raised(() =>
        use(false, log, () => {
          throw new ValueError("y");
        }),
      ),
    ).toBe("ValueError: y");
    expect(log).toEqual(["enter", null, "enter", "x", "enter", "y"]);
    expect(raised(() => manager(5).enter())).toBe(
      "AttributeError: 'int' object has no attribute '__exit__'",
    );
  });

  test("async with and async for", () => {
    const log: any[] = [];
    const Acm = classOf("Acm", [], {
      *__aenter__(self: any): any {
        yield "in";
        return self;
      },
      *__aexit__(_self: any, kind: any, _value: any, _tb: any): any {
        log.push(kind);
        yield "out";
        return true;
      },
      __aiter__: (self: any) => self,
      *__anext__(self: any): any {
        self.n = getattr(self, "n", 0) + 1;
        if (self.n > 2) throw new StopAsyncIteration();
        return self.n;
      },
    });
    function* body(): Generator<any, any, any> {
      const cm = asyncManager(call(Acm));
      const value = yield* cm.enter();
      try {
        const loop = asyncIter(value);
        for (;;) {
          const step = yield* loop.next();
          if (step === loop.done) break;
          log.push(step);
        }
        throw new ValueError();
      } catch (e) {
        yield* cm.caught(e);
      } finally {
        yield* cm.exit();
      }
      return 1;
    }
    expect([...body()]).toEqual(["in", "out"]);
    expect(log).toEqual([1, 2, ValueError]);
  });

  test("equality of bound methods", () => {
    const o = call(classOf("O", [], { m: (_self: any) => 1 }));
    expect(eq(getattr(o, "m"), getattr(o, "m"))).toBe(true);
  });
});
