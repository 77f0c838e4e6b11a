import {
  BaseException,
  call,
  caught,
  classOf,
  define,
  Exception,
  getattr,
  hasattr,
  int,
  isinstance,
  KeyError,
  matches,
  OSError,
  PyObject,
  TypeError as PyTypeError,
  RuntimeError,
  raise,
  repr,
  reraise,
  StopIteration,
  setattr,
  str,
  tup,
  ValueError,
} from "../../src/runtime/index.js";
import { raised } from "./python.js";

class B extends Exception {
  static {
    define(this, { methods: { __init__: "x" } });
  }
  override __init__(x: any): any {
    this.x = x;
  }
}
class C extends Exception {
  static {
    define(this);
  }
  override __init__(x: any): any {
    super.__init__(x, 1);
    this.args = 3;
    this.value = 9;
  }
}
class E extends OSError {
  static {
    define(this);
  }
}

describe("exceptions", () => {
  test("arguments", () => {
    const b = call(B, 5);
    expect([getattr(b, "x"), getattr(b, "value"), getattr(b, "errno")]).toEqual([5, 5, 5]);
    expect(repr(getattr(b, "args"))).toBe("(5,)");
    expect([str(b), repr(b)]).toEqual(["5", "B(5,)"]);
    const c = new C(4);
    expect([getattr(c, "args"), getattr(c, "value"), repr(c)]).toEqual([3, 9, "C(4, 1)"]);
    expect(getattr(new StopIteration(), "value")).toBe(null);
    expect(raised(() => call(ValueError, ...[]))).toBe("nothing raised");
  });

  test("printing", () => {
    expect(repr(new ValueError())).toBe("ValueError()");
    expect(repr(new ValueError("a"))).toBe("ValueError('a',)");
    expect(str(new ValueError("a", "b"))).toBe("('a', 'b')");
    expect(str(new OSError(2))).toBe("[Errno 2] ENOENT");
    expect(repr(new OSError(2))).toBe("OSError(2,)");
    expect(str(new OSError(2, "abc"))).toBe("[Errno 2] ENOENT: abc");
    expect(str(new OSError(2, "abc", 3))).toBe("(2, 'abc', 3)");
    expect(str(new OSError(999))).toBe("999");
    expect([str(new E(2)), repr(new E(2))]).toEqual(["[Errno 2] ENOENT", "E(2,)"]);
    expect(str(new KeyError("k"))).toBe("k");
  });

  test("builtin ones take no attributes", () => {
    const e = new ValueError(1);
    expect(raised(() => setattr(e, "foo", 1))).toBe(
      "AttributeError: 'ValueError' object has no attribute 'foo'",
    );
    setattr(e, "__traceback__", null);
    expect(hasattr(e, "foo")).toBe(false);
    expect(hasattr(e, "stack")).toBe(false);
    expect(hasattr(e, "message")).toBe(false);
    expect(hasattr(e, "toString")).toBe(false);
  });

  test("raise", () => {
    expect(raise(ValueError)).toBeInstanceOf(ValueError);
    expect(repr(raise(5))).toBe("TypeError('exceptions must derive from BaseException',)");
    expect(repr(raise(int))).toBe("TypeError('exceptions must derive from BaseException',)");
    expect(repr(reraise())).toBe("RuntimeError('no active exception to reraise',)");
  });

  test("matches", () => {
    const e = new KeyError(1);
    expect(matches(e, KeyError)).toBe(true);
    expect(matches(e, tup(ValueError, Exception))).toBe(true);
    expect(matches(e, tup(ValueError))).toBe(false);
    expect(matches(new B(1), BaseException)).toBe(true);
    // MicroPython lets one of the bases be a builtin class, or a subclass of one.
    const Tag = classOf("Tag", [], {});
    const Both = classOf("Both", [ValueError, Tag], {});
    expect(matches(new Both(), ValueError)).toBe(true);
    expect(raised(() => matches(new Both(), Tag))).toBe(
      "TypeError: unsupported types for : 'Both', 'type'",
    );
    expect(isinstance(new Both(), Tag)).toBe(true);
    const Failure = classOf("Failure", [Exception], {});
    expect(raised(() => classOf("Both", [ValueError, Failure], {}))).toBe(
      "TypeError: multiple bases have instance lay-out conflict",
    );
  });
});

describe("host errors", () => {
  const o: any = new PyObject();
  const nothing: any = null;
  class WithGetter extends PyObject {
    get p() {
      return 1;
    }
  }
  function forever(): number {
    return forever() + 1;
  }
  function* self(): Generator<number> {
    running.next();
    yield 1;
  }
  const running = self();

  test.each([
    [() => nothing.foo, "AttributeError: 'NoneType' object has no attribute 'foo'"],
    [
      () => {
        nothing.foo = 1;
      },
      "AttributeError: 'NoneType' object has no attribute 'foo'",
    ],
    [() => o.foo(), "AttributeError: 'object' object has no attribute 'foo'"],
    [forever, "RuntimeError: maximum recursion depth exceeded"],
    [() => running.next(), "ValueError: generator already executing"],
    [
      () => {
        const read = () => early;
        read();
        const early = 1;
      },
      "NameError: name 'early' isn't defined",
    ],
    [
      () => {
        (new WithGetter() as any).p = 2;
      },
      "AttributeError: 'object' object has no attribute 'p'",
    ],
    [() => new Array(-1), "MemoryError: memory allocation failed"],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));

  test("others pass through", () => {
    const error = new Error("of the host");
    expect(() => caught(error)).toThrow(error);
    expect(caught(new RuntimeError("x"))).toBeInstanceOf(RuntimeError);
    expect(new PyTypeError("x")).not.toBeInstanceOf(TypeError);
  });
});
