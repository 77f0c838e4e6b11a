import {
  apply,
  applyMethod,
  call,
  callable,
  def,
  define,
  dict,
  enumerate,
  getattr,
  invoke,
  len,
  list,
  PyObject,
  range,
  repr,
  sorted,
  star,
  tup,
} from "../../src/runtime/index.js";
import { raised } from "./python.js";

const f = def(function f(a: any) {
  return a;
}, "a");
const d2 = def(function d2(a: any, b: any, c: any = 1) {
  return tup(a, b, c);
}, "a, b, c=");
const pf = def(function pf(a: any, b: any = 2, c?: any, d?: any, e: any = 5, kw?: any) {
  return tup(a, b, c, d, e, kw);
}, "a, b=, *c, d, e=, **f");
const ko = def(function ko(_a: any, _b: any) {}, "a, *, b");
const rest = def(function rest(a: any, ...more: any[]) {
  star(more);
  return tup(a, more);
}, "a, *more");

describe("calls of a program's functions", () => {
  test.each([
    [() => call(f), "TypeError: f() takes 1 positional arguments but 0 were given"],
    [() => call(f, 1, 2), "TypeError: f() takes 1 positional arguments but 2 were given"],
    [() => apply(f, [], { b: 1 }), "TypeError: unexpected keyword argument 'b'"],
    [() => apply(f, [1], { a: 1 }), "TypeError: function got multiple values for argument 'a'"],
    [() => call(pf), "TypeError: function missing required positional argument #0"],
    [() => call(pf, 1), "TypeError: function missing required keyword argument 'd'"],
    [() => apply(pf, [], { d: 2 }), "TypeError: function missing required positional argument #0"],
    [() => call(ko, 1), "TypeError: function missing keyword-only argument"],
    [() => apply(ko, [1], { c: 1 }), "TypeError: unexpected keyword argument 'c'"],
    [() => call(ko), "TypeError: ko() takes 1 positional arguments but 0 were given"],
    [() => call(d2, 1), "TypeError: d2() takes 2 positional arguments but 1 were given"],
    [() => call(d2, 1, 2, 3, 4), "TypeError: d2() takes 3 positional arguments but 4 were given"],
    [() => apply(d2, [1], { c: 1 }), "TypeError: function missing required positional argument #1"],
    [() => call(null), "TypeError: 'NoneType' object isn't callable"],
    [() => call(1), "TypeError: 'int' object isn't callable"],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));

  test("bind keywords, defaults, *args and **kwargs", () => {
    expect(repr(apply(pf, [1], { d: 2 }))).toBe("(1, 2, (), 2, 5, {})");
    expect(repr(apply(pf, [1, 2, 3], { d: 2, g: 3 }))).toBe("(1, 2, (3,), 2, 5, {'g': 3})");
    expect(repr(apply(d2, [], { b: 1, a: 2 }))).toBe("(2, 1, 1)");
    expect(repr(call(rest, 1, 2, 3))).toBe("(1, (2, 3))");
    expect(repr(apply(rest, [], { a: 4 }))).toBe("(4, ())");
  });

  test("a function without a result returns None", () => {
    expect(call(def(() => {}, ""))).toBe(null);
  });

  test("a function without a signature has required parameters only", () => {
    function plain(a: any, b: any) {
      return a - b;
    }
    expect(call(plain, 3, 1)).toBe(2);
    expect(apply(plain, [], { b: 1, a: 3 })).toBe(2);
    expect(raised(() => call(plain, 3))).toBe(
      "TypeError: plain() takes 2 positional arguments but 1 were given",
    );
  });
});

describe("calls of builtins", () => {
  test.each([
    [() => call(len), "TypeError: function takes 1 positional arguments but 0 were given"],
    [() => apply(len, [], { x: 1 }), "TypeError: function doesn't take keyword arguments"],
    [() => call(range), "TypeError: function missing 1 required positional arguments"],
    [() => call(list, 1, 2), "TypeError: function expected at most 1 arguments, got 2"],
    [() => apply(list, [], { x: 2 }), "TypeError: function doesn't take keyword arguments"],
    [() => call(enumerate), "TypeError: 'iterable' argument required"],
    [() => call(enumerate, [], 1, 2), "TypeError: extra positional arguments given"],
    [() => apply(enumerate, [[]], { x: 2 }), "TypeError: extra keyword arguments given"],
    [() => call(sorted), "TypeError: function missing 1 required positional arguments"],
    [() => apply(sorted, [[1]], { x: 2 }), "TypeError: extra keyword arguments given"],
    [() => invoke([], "sort", 1), "TypeError: extra positional arguments given"],
    [
      () => invoke([], "append"),
      "TypeError: function takes 2 positional arguments but 1 were given",
    ],
    [() => invoke([], "index"), "TypeError: function missing 1 required positional arguments"],
    [() => invoke(dict(), "get"), "TypeError: function missing 1 required positional arguments"],
    [
      () => call(getattr(list, "append"), 1, 2),
      "TypeError: argument should be a 'list' not a 'int'",
    ],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));

  test("methods through their type", () => {
    const items = [1];
    call(getattr(list, "append"), items, 2);
    expect(items).toEqual([1, 2]);
    expect(repr(apply(sorted, [[1, 3, 2]], { reverse: true }))).toBe("[3, 2, 1]");
    expect(repr(applyMethod([3, 1], "copy", []))).toBe("[3, 1]");
  });
});

describe("calls of methods and instances", () => {
  class A extends PyObject {
    static {
      define(this, { methods: { m: "x, y=" } });
    }
    m(x: any, y: any = 2) {
      return tup(x, y);
    }
    n(x: any) {
      return x;
    }
    __call__(x: any) {
      return x;
    }
  }
  const a = new A();

  test("count self", () => {
    expect(raised(() => invoke(a, "m"))).toBe(
      "TypeError: m() takes 2 positional arguments but 1 were given",
    );
    expect(raised(() => invoke(a, "n", 1, 2))).toBe(
      "TypeError: n() takes 2 positional arguments but 3 were given",
    );
    expect(raised(() => call(getattr(A, "n"), a))).toBe(
      "TypeError: n() takes 2 positional arguments but 1 were given",
    );
    expect(raised(() => applyMethod(a, "m", [], { y: 1 }))).toBe(
      "TypeError: function missing required positional argument #1",
    );
  });

  test("take keywords", () => {
    expect(repr(applyMethod(a, "m", [], { y: 1, x: 5 }))).toBe("(5, 1)");
    expect(repr(apply(getattr(a, "m"), [], { x: 5 }))).toBe("(5, 2)");
    expect(repr(apply(getattr(A, "m"), [a], { x: 5 }))).toBe("(5, 2)");
  });

  test("__call__", () => {
    expect(call(a, 7)).toBe(7);
    expect(callable(a)).toBe(true);
    expect(callable(new PyObject())).toBe(false);
    expect(raised(() => call(new PyObject()))).toBe("TypeError: 'object' object isn't callable");
  });
});
