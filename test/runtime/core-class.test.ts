import {
  apply,
  call,
  classmethod,
  classOf,
  define,
  delattr,
  dict,
  Exception,
  each,
  getattr,
  getitem,
  hasattr,
  int,
  invoke,
  isinstance,
  issubclass,
  len,
  list,
  mixin,
  PyObject,
  property,
  repr,
  setattr,
  staticmethod,
  str,
  subclassable,
  superOf,
  tup,
  tuple,
  type,
  ValueError,
} from "../../src/runtime/index.js";
import { raised } from "./python.js";

class A extends PyObject {
  static {
    define(this, {
      doc: "An A.",
      attrs: { x: 1 },
      statics: { s: "n=" },
      classmethods: { c: "" },
    });
  }
  m() {
    return "A.m";
  }
  static s(n: any = 3) {
    return n;
  }
  static c() {
    return this;
  }
  get p() {
    return 4;
  }
}
class B extends A {
  static {
    define(this);
  }
  override m() {
    return `B.m ${super.m()}`;
  }
}
const a = new A();

describe("attributes", () => {
  test("of instances: own, then the class's", () => {
    expect(getattr(a, "x")).toBe(1);
    expect(call(getattr(a, "m"))).toBe("A.m");
    expect(call(getattr(a, "s"))).toBe(3);
    expect(call(getattr(new B(), "c"))).toBe(B);
    expect(getattr(a, "p")).toBe(4);
    expect(getattr(a, "__class__")).toBe(A);
    expect(getattr(a, "__module__")).toBe("__main__");
    const own = new A();
    own.f = () => 5;
    expect(call(getattr(own, "f"))).toBe(5);
    expect(repr(getattr(own, "__dict__"))).toMatch(/^\{'f': <function /);
  });

  test("of classes", () => {
    expect(call(getattr(A, "m"), a)).toBe("A.m");
    expect(call(getattr(A, "s"), 6)).toBe(6);
    expect(call(getattr(B, "c"))).toBe(B);
    expect(getattr(A, "m")).toBe(getattr(A, "m"));
    expect(getattr(A, "__name__")).toBe("A");
    expect(repr(getattr(A, "__bases__"))).toBe("(<class 'object'>,)");
    expect(repr(getattr(B, "__bases__"))).toBe("(<class 'A'>,)");
    expect(repr(getattr(A, "p"))).toBe("<property>");
    setattr(A, "x", 2);
    expect(getattr(new B(), "x")).toBe(2);
    setattr(A, "x", 1);
  });

  test("printing", () => {
    expect(repr(getattr(a, "m"))).toMatch(
      /^<bound_method [0-9a-f]+ <A object at [0-9a-f]+>\.<function m at 0x[0-9a-f]+>>$/,
    );
    expect(repr(getattr(A, "m"))).toMatch(/^<function m at 0x[0-9a-f]+>$/);
    expect(repr(A)).toBe("<class 'A'>");
    expect(repr(new PyObject())).toBe("<object>");
    expect(repr(superOf(A, a))).toMatch(/^<super: <class 'A'>, <A object at [0-9a-f]+>>$/);
  });

  test("names that JavaScript reserves are plain attributes", () => {
    const o = new A();
    expect(hasattr(o, "constructor")).toBe(false);
    expect(hasattr(o, "toString")).toBe(false);
    expect(hasattr(o, "hasOwnProperty")).toBe(false);
    setattr(o, "constructor", 1);
    setattr(o, "__proto__", 2);
    expect([getattr(o, "constructor"), getattr(o, "__proto__")]).toEqual([1, 2]);
    expect(repr(getattr(o, "__dict__"))).toBe("{'__proto__': 2, 'constructor': 1}");
    expect(type(o)).toBe(A);
    delattr(o, "constructor");
    expect(hasattr(o, "constructor")).toBe(false);
  });

  test.each([
    [() => getattr(a, "q"), "AttributeError: 'A' object has no attribute 'q'"],
    [() => getattr(A, "q"), "AttributeError: type object 'A' has no attribute 'q'"],
    [() => getattr(1, "q"), "AttributeError: 'int' object has no attribute 'q'"],
    [() => getattr(null, "q"), "AttributeError: 'NoneType' object has no attribute 'q'"],
    [() => getattr([], "q"), "AttributeError: 'list' object has no attribute 'q'"],
    [() => getattr([], "length"), "AttributeError: 'list' object has no attribute 'length'"],
    [() => getattr("", "length"), "AttributeError: 'str' object has no attribute 'length'"],
    [() => getattr(len, "q"), "AttributeError: 'function' object has no attribute 'q'"],
    [() => setattr(1, "q", 1), "AttributeError: 'int' object has no attribute 'q'"],
    [() => setattr(list, "q", 1), "AttributeError: 'type' object has no attribute 'q'"],
    [() => setattr(() => 1, "q", 1), "AttributeError: 'function' object has no attribute 'q'"],
    [() => setattr(a, "p", 1), "AttributeError: 'A' object has no attribute 'p'"],
    [() => delattr(a, "x"), "AttributeError: 'A' object has no attribute 'x'"],
    [() => getattr(a, "__init__"), "AttributeError: 'A' object has no attribute '__init__'"],
    [() => getattr(int, "foo"), "AttributeError: type object 'int' has no attribute 'foo'"],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));

  test("defaults", () => {
    expect(getattr(a, "q", null)).toBe(null);
    expect(getattr(a, "x", 9)).toBe(1);
    expect(hasattr(a, "__repr__")).toBe(false);
  });
});

describe("hooks", () => {
  class Hooked extends PyObject {
    static {
      define(this);
    }
    __getattr__(name: any) {
      if (name === "nothing") return null;
      throw new (Exception as any)(name);
    }
    override __setattr__(name: any, value: any): any {
      super.__setattr__(name, value * 2);
    }
    override __delattr__(name: any): any {
      super.__delattr__(name);
    }
  }

  test("__getattr__, __setattr__, __delattr__", () => {
    const o = new Hooked();
    setattr(o, "v", 4);
    expect(getattr(o, "v")).toBe(8);
    expect(getattr(o, "nothing")).toBe(null);
    expect(raised(() => getattr(o, "w"))).toBe("Exception: w");
    delattr(o, "v");
    expect(raised(() => delattr(o, "v"))).toBe("AttributeError: no such attribute");
  });

  test("property objects and descriptors", () => {
    const log: any[] = [];
    class D extends PyObject {
      static {
        define(this);
      }
      __get__(_obj: any, cls: any) {
        log.push(cls);
        return "got";
      }
      __set__(_obj: any, value: any) {
        log.push(value);
      }
      __set_name__(_cls: any, name: any) {
        log.push(name);
      }
    }
    const C = classOf("C", [], {
      p: property(
        (self: any) => getattr(self, "_p", 0),
        (self: any, v: any) => setattr(self, "_p", v + 1),
      ),
      d: new D(),
    });
    const o = call(C);
    setattr(o, "p", 5);
    expect(getattr(o, "p")).toBe(6);
    o.p = 7;
    expect(o.p).toBe(8);
    expect(raised(() => delattr(o, "p"))).toBe("AttributeError: 'C' object has no attribute 'p'");
    expect(getattr(o, "d")).toBe("got");
    setattr(o, "d", 3);
    expect(log).toEqual(["d", C, 3]);
    expect(type(getattr(C, "p"))).toBe(property);
  });
});

describe("classes from values", () => {
  function init(self: any, x: any) {
    return setattr(self, "x", x);
  }
  const C = classOf("C", [], {
    __init__: init,
    get: (self: any) => getattr(self, "x"),
    st: staticmethod((n: any) => n),
    cm: classmethod((cls: any) => cls),
    builtin: len,
    kind: list,
  });

  test("functions take self, statics and builtins do not", () => {
    const c = call(C, 3);
    expect(invoke(c, "get")).toBe(3);
    expect(call(getattr(c, "get"))).toBe(3);
    expect(call(getattr(C, "get"), c)).toBe(3);
    expect(getattr(C, "__init__")).toBe(init);
    expect(invoke(c, "st", 1)).toBe(1);
    expect(invoke(c, "cm")).toBe(C);
    expect(call(getattr(C, "cm"))).toBe(C);
    expect(invoke(c, "builtin", [1])).toBe(1);
    expect(invoke(c, "kind", [1])).toEqual([1]);
    expect(raised(() => call(C))).toBe(
      "TypeError: __init__() takes 2 positional arguments but 1 were given".replace(
        "__init__",
        "init",
      ),
    );
  });

  test("type()", () => {
    const X = type("X", tup(A), dict([["y", 2]]));
    expect(repr(X)).toBe("<class 'X'>");
    expect(getattr(new X(), "y")).toBe(2);
    expect(invoke(new X(), "m")).toBe("A.m");
    expect(raised(() => type(1, 2))).toBe("TypeError: type takes 1 or 3 arguments");
    expect(raised(() => type("X", tup(1), dict()))).toBe("TypeError: ");
    expect(raised(() => type("X", tup(list, dict), dict()))).toBe(
      "TypeError: multiple bases have instance lay-out conflict",
    );
    expect(raised(() => type("X", tup(type(null)), dict()))).toBe(
      "TypeError: type 'NoneType' isn't an acceptable base type",
    );
  });

  test("__new__ and the result of __init__", () => {
    const log: any[] = [];
    const G = classOf("G", [], {
      __new__: (cls: any, x: any) => {
        log.push("new", x);
        return x > 0 ? call(getattr(PyObject, "__new__"), cls) : null;
      },
      __init__: (_self: any, x: any) => {
        log.push("init", x);
      },
    });
    expect(type(call(G, 3))).toBe(G);
    expect(call(G, 0)).toBe(null);
    expect(log).toEqual(["new", 3, "init", 3, "new", 0]);
    const F = classOf("F", [], { __init__: (_self: any) => 5 });
    expect(raised(() => call(F))).toBe("TypeError: __init__() should return None, not 'int'");
    expect(raised(() => new F())).toBe("TypeError: __init__() should return None, not 'int'");
  });
});

describe("inheritance", () => {
  test("isinstance and issubclass", () => {
    const b = new B();
    expect([isinstance(b, A), isinstance(a, B), isinstance(b, PyObject)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(isinstance(1, tup(str, int))).toBe(true);
    expect(isinstance(true, int)).toBe(false);
    expect(issubclass(B, A)).toBe(true);
    expect(raised(() => isinstance(1, 1))).toBe(
      "TypeError: issubclass() arg 2 must be a class or a tuple of classes",
    );
    expect(raised(() => issubclass(1, int))).toBe("TypeError: issubclass() arg 1 must be a class");
    expect(b.m()).toBe("B.m A.m");
    expect(call(getattr(superOf(B, b), "m"))).toBe("A.m");
    expect(raised(() => superOf(A, 1))).toBe("TypeError: ");
  });

  test("several bases: depth first, left to right", () => {
    const Root = classOf("Root", [], { who: (_self: any) => "root" });
    const Left = classOf("Left", [Root], { left: 1 });
    const Right = classOf("Right", [Root], { who: (_self: any) => "right", right: 2 });
    class Both extends mixin(Left, Right) {
      static {
        define(this);
      }
    }
    const both = new Both();
    expect(invoke(both, "who")).toBe("root");
    expect([getattr(both, "left"), getattr(both, "right")]).toEqual([1, 2]);
    expect([isinstance(both, Right), isinstance(both, Left), issubclass(Both, Root)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(repr(getattr(Both, "__bases__"))).toBe("(<class 'Left'>, <class 'Right'>)");
    setattr(Right, "later", 3);
    expect(getattr(both, "later")).toBe(3);
    setattr(Right, "right", 4);
    expect(getattr(both, "right")).toBe(4);
  });

  test("an exception among several bases", () => {
    const Tag = classOf("Tag", [], { tag: (_self: any) => "t" });
    const E = classOf("E", [Tag, ValueError], {});
    const e = call(E, 1);
    expect(repr(e)).toBe("E(1,)");
    expect(invoke(e, "tag")).toBe("t");
    expect([isinstance(e, ValueError), isinstance(e, Tag)]).toEqual([true, true]);
  });
});

describe("subclasses of builtin types", () => {
  class L extends subclassable(list) {
    static {
      define(this, { methods: { __init__: "*a" } });
    }
    twice() {
      return len(this) * 2;
    }
    append(x: any) {
      return super.append(x + 1);
    }
  }

  test("list", () => {
    const l = call(L, [1, 2]);
    invoke(l, "append", 2);
    l.foo = 2;
    expect(repr(l)).toBe("[1, 2, 3]");
    expect([len(l), getitem(l, 0), l.twice()]).toEqual([3, 1, 6]);
    expect([...each(l)]).toEqual([1, 2, 3]);
    expect([isinstance(l, list), type(l) === L]).toEqual([true, true]);
    expect(repr(getattr(L, "__bases__"))).toBe("(<class 'list'>,)");
    expect(invoke(l, "pop")).toBe(3);
    expect(invoke(l, "index", 2)).toBe(1);
  });

  test("dict with an own __getitem__", () => {
    const D = classOf("D", [dict], { __getitem__: (_self: any, _key: any) => "x" });
    const d = apply(D, [dict([[1, 2]])], { k: 3 });
    expect(getitem(d, 5)).toBe("x");
    expect(invoke(d, "get", 1)).toBe(2);
    expect(repr(d)).toBe("{'k': 3, 1: 2}");
  });

  test("int, str, tuple", () => {
    const I = classOf("I", [int], { half: (self: any) => call(int, self) / 2 });
    const six = call(I, 6);
    expect(repr(six)).toBe("6");
    expect(invoke(six, "half")).toBe(3);
    const S = classOf("S", [str], {});
    expect(invoke(call(S, "ab"), "upper")).toBe("AB");
    const T = classOf("T", [tuple], {});
    expect(repr(call(T, [1, 2]))).toBe("(1, 2)");
  });

  test("before super().__init__()", () => {
    const Early = classOf("Early", [list], {
      __init__: (self: any) => {
        invoke(self, "append", 1);
      },
    });
    expect(raised(() => call(Early))).toBe("AttributeError: call super().__init__() first");
  });
});
