import {
  add,
  all,
  any,
  apply,
  applyMethod,
  bitand,
  bitor,
  bitxor,
  call,
  classOf,
  Dict,
  delitem,
  dict,
  eq,
  Float,
  frozenset,
  ge,
  getattr,
  getitem,
  hash,
  iadd,
  ibitor,
  invoke,
  isIn,
  len,
  list,
  lt,
  mul,
  range,
  repr,
  set,
  setitem,
  slice,
  sorted,
  sub,
  truth,
  tup,
  tuple,
} from "../../src/runtime/index.js";
import { deque, namedtuple, OrderedDict } from "../../src/runtime/modules/collections.js";
import { raised } from "./python.js";

describe("dict", () => {
  test("equality of keys", () => {
    const d = dict();
    setitem(d, 1, "int");
    setitem(d, new Float(1), "float");
    setitem(d, true, "bool");
    expect(repr(d)).toBe("{1: 'bool'}");
    expect(getitem(dict([[true, 1]]), 1)).toBe(1);
    expect(repr(dict([[true, 1]]))).toBe("{True: 1}");
    setitem(d, tup(1, "a"), 2);
    expect(getitem(d, tup(new Float(1), "a"))).toBe(2);
    setitem(d, null, 3);
    expect(getitem(d, null)).toBe(3);
    expect(isIn("1", d)).toBe(false);
    expect(truth(eq(dict([[1, 2]]), dict([[new Float(1), 2]])))).toBe(true);
    const big = dict([[2n ** 70n, "big"]]);
    expect(getitem(big, 2n ** 70n)).toBe("big");
    expect(getitem(big, new Float(2 ** 70))).toBe("big");
    delitem(d, tup(1, "a"));
    expect(isIn(tup(1, "a"), d)).toBe(false);
  });

  test("keys with __hash__ and __eq__, and by identity", () => {
    const K = classOf("K", [], {
      __init__: (self: any, v: any) => {
        self.v = v;
      },
      __hash__: (self: any) => hash(self.v),
      __eq__: (self: any, other: any) => self.v === other.v,
    });
    const d = dict([[call(K, 1), "a"]]);
    expect(getitem(d, call(K, 1))).toBe("a");
    expect(isIn(call(K, 2), d)).toBe(false);
    const Plain = classOf("Plain", [], {});
    const p = call(Plain);
    expect(getitem(dict([[p, 1]]), p)).toBe(1);
    const NoHash = classOf("NoHash", [], { __eq__: (_self: any, _other: any) => true });
    expect(raised(() => dict([[call(NoHash), 1]]))).toBe(
      "TypeError: unsupported type for __hash__: 'NoHash'",
    );
    expect(getitem(dict([[Plain, 1]]), Plain)).toBe(1);
  });

  test("methods", () => {
    const d = dict([
      ["a", 1],
      ["b", 2],
    ]);
    expect(invoke(d, "get", "z")).toBe(null);
    expect(invoke(d, "get", "z", 5)).toBe(5);
    expect(invoke(d, "setdefault", "c", 3)).toBe(3);
    expect(invoke(d, "pop", "c")).toBe(3);
    expect(invoke(d, "pop", "c", null)).toBe(null);
    const keys = invoke(d, "keys");
    setitem(d, "d", 4);
    expect(repr(keys)).toBe("dict_keys(['a', 'd', 'b'])");
    expect(repr(invoke(d, "items"))).toBe("dict_items([('a', 1), ('d', 4), ('b', 2)])");
    expect(repr(invoke(d, "values"))).toBe("dict_values([1, 4, 2])");
    expect(isIn("d", keys)).toBe(true);
    expect(len(keys)).toBe(3);
    applyMethod(d, "update", [[tup("x", 9)]], { y: 10 });
    expect(repr(d)).toBe("{'b': 2, 'a': 1, 'x': 9, 'y': 10, 'd': 4}");
    expect(repr(invoke(dict([["q", 1]]), "copy"))).toBe("{'q': 1}");
    expect(repr(invoke(dict, "fromkeys", [1, 2], 0))).toBe("{2: 0, 1: 0}");
    expect(repr(bitor(dict([[1, 2]]), dict([[3, 4]])))).toBe("{3: 4, 1: 2}");
    expect(repr(apply(dict, [dict([["a", 1]])], { b: 2 }))).toBe("{'a': 1, 'b': 2}");
    expect(repr(invoke(dict([["k", 1]]), "popitem"))).toBe("('k', 1)");
  });

  test.each([
    [() => getitem(dict(), "a"), "KeyError: a"],
    [() => invoke(dict(), "popitem"), "KeyError: popitem(): dictionary is empty"],
    [() => invoke(dict(), "pop", 1), "KeyError: 1"],
    [() => dict([[[], 1]]), "TypeError: unsupported type for __hash__: 'list'"],
    [() => getitem(dict([[1, 1]]), []), "TypeError: unsupported type for __hash__: 'list'"],
    [() => getitem(dict(), []), "KeyError: []"],
    [() => setitem(dict(), dict(), 1), "TypeError: unsupported type for __hash__: 'dict'"],
    [() => invoke(dict(), "update", 1), "TypeError: 'int' object isn't iterable"],
    [() => invoke(dict(), "update", [tup(1)]), "ValueError: dict update sequence has wrong length"],
    [() => delitem(dict(), 1), "KeyError: 1"],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));
});

describe("list and tuple", () => {
  test("subscripts", () => {
    const l = [0, 1, 2, 3, 4];
    expect(getitem(l, -1)).toBe(4);
    expect(getitem(l, slice(1, 3))).toEqual([1, 2]);
    expect(getitem(l, slice(null, null, 2))).toEqual([0, 2, 4]);
    expect(getitem(l, slice(null, null, -2))).toEqual([4, 2, 0]);
    expect(getitem(l, slice(3, 1, -1))).toEqual([3, 2]);
    expect(getitem(l, slice(-100, 100))).toEqual(l);
    expect(repr(getitem(tup(1, 2, 3), slice(1, null)))).toBe("(2, 3)");
    setitem(l, slice(1, 3), [9]);
    expect(l).toEqual([0, 9, 3, 4]);
    delitem(l, slice(0, 2));
    expect(l).toEqual([3, 4]);
    setitem(l, -1, 5);
    delitem(l, 0);
    expect(l).toEqual([5]);
    setitem(l, slice(5, 2), tup(7));
    expect(l).toEqual([5, 7]);
  });

  test("methods", () => {
    const l = [3, 1, 2];
    invoke(l, "sort");
    expect(l).toEqual([1, 2, 3]);
    applyMethod(l, "sort", [], { key: (x: any) => -x });
    expect(l).toEqual([3, 2, 1]);
    applyMethod(l, "sort", [], { reverse: true });
    invoke(l, "insert", 0, 9);
    invoke(l, "insert", -1, 8);
    expect(l).toEqual([9, 3, 2, 8, 1]);
    expect(invoke(l, "index", 2)).toBe(2);
    expect(invoke(l, "count", 3)).toBe(1);
    invoke(l, "remove", 3);
    invoke(l, "extend", range(2));
    expect(invoke(l, "pop", 0)).toBe(9);
    expect(l).toEqual([2, 8, 1, 0, 1]);
    invoke(l, "reverse");
    expect(invoke(l, "copy")).toEqual([1, 0, 1, 8, 2]);
    invoke(l, "clear");
    expect(l).toEqual([]);
    expect(invoke(tup(1, 2, 1), "count", 1)).toBe(2);
    expect(invoke(tup(1, 2, 1), "index", 1, 1)).toBe(2);
    expect(sorted(["b", "a"])).toEqual(["a", "b"]);
    expect([any([0, 1]), all([0, 1]), any([]), all([])]).toEqual([true, false, false, true]);
    expect(repr(tuple([1, 2]))).toBe("(1, 2)");
  });

  test("operators", () => {
    expect(add([1], [2])).toEqual([1, 2]);
    expect(mul([1, 2], 2)).toEqual([1, 2, 1, 2]);
    const l = [1];
    expect(iadd(l, tup(2))).toBe(l);
    expect(l).toEqual([1, 2]);
    expect(lt([1, 2], [1, 3])).toBe(true);
    expect(ge(tup(2), tup(1, 5))).toBe(true);
    expect(repr(add(tup(1), tup(2)))).toBe("(1, 2)");
  });

  test.each([
    [() => getitem([], 1), "IndexError: list index out of range"],
    [() => getitem(tup(), 1), "IndexError: tuple index out of range"],
    [() => getitem([1], "a"), "TypeError: list indices must be integers, not str"],
    [() => invoke([], "pop"), "IndexError: pop from empty list"],
    [() => invoke([1], "pop", 3), "IndexError: list index out of range"],
    [() => invoke([1], "index", 2), "ValueError: object not in sequence"],
    [() => invoke([1], "remove", 2), "ValueError: object not in sequence"],
    [
      () => getitem(tup(1, 2), slice(null, null, 2)),
      "NotImplementedError: only slices with step=1 (aka None) are supported",
    ],
    [() => setitem(tup(1), 0, 1), "TypeError: 'tuple' object doesn't support item assignment"],
    [() => delitem(tup(1), 0), "TypeError: 'tuple' object doesn't support item deletion"],
    [() => getitem(5, 0), "TypeError: 'int' object isn't subscriptable"],
    [() => len(5), "TypeError: object of type 'int' has no len()"],
    [() => getitem([1], slice(null, null, 0)), "ValueError: slice step can't be zero"],
    [() => setitem([1], slice(0, 1), 5), "TypeError: object 'int' isn't a tuple or list"],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));
});

describe("set and frozenset", () => {
  test("operators and methods", () => {
    const s = set([1, 2, 3]);
    expect(repr(bitand(s, set([2, 5])))).toBe("{2}");
    expect(repr(bitor(s, frozenset([9])))).toBe("{9, 1, 2, 3}");
    expect(repr(sub(s, set([1])))).toBe("{2, 3}");
    expect(repr(bitxor(s, set([1, 7])))).toBe("{7, 2, 3}");
    expect(lt(set([1]), s)).toBe(true);
    expect(lt(s, s)).toBe(false);
    expect(eq(set([1, 2]), frozenset([2, 1]))).toBe(true);
    expect(repr(invoke(s, "union", [4]))).toBe("{4, 1, 2, 3}");
    expect(invoke(s, "issubset", [1, 2, 3, 4])).toBe(true);
    expect(ibitor(s, set([8]))).toBe(s);
    invoke(s, "discard", 100);
    invoke(s, "remove", 8);
    invoke(s, "update", [5], [6]);
    expect(invoke(s, "pop")).toBe(6);
    expect(repr(s)).toBe("{1, 2, 3, 5}");
    expect([isIn(new Float(2), s), isIn(99, s)]).toEqual([true, false]);
    expect(repr(frozenset())).toBe("frozenset()");
    expect(repr(frozenset([1]))).toBe("frozenset({1})");
    expect(repr(set())).toBe("set()");
    expect(getitem(dict([[frozenset([1, 2]), "f"]]), frozenset([2, 1]))).toBe("f");
    expect(repr(set([1, true, new Float(1)]))).toBe("{1}");
  });

  test.each([
    [() => invoke(set(), "pop"), "KeyError: pop from an empty set"],
    [() => invoke(set([1]), "remove", 2), "KeyError: 2"],
    [() => bitor(set([1]), [1]), "TypeError: unsupported types for __or__: 'set', 'list'"],
    [() => set([[]]), "TypeError: unsupported type for __hash__: 'list'"],
    [() => hash(set()), "TypeError: unsupported type for __hash__: 'set'"],
    [
      () => invoke(frozenset(), "add", 1),
      "AttributeError: 'frozenset' object has no attribute 'add'",
    ],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));
});

describe("range and slice", () => {
  test("values", () => {
    expect(repr(getitem(range(10), slice(2, 5)))).toBe("range(2, 5)");
    expect(repr(getitem(range(10), slice(null, null, -1)))).toBe("range(9, -1, -1)");
    expect(getitem(range(0, 10, 3), -1)).toBe(9);
    expect(eq(range(1, 5, 2), range(1, 6, 2))).toBe(false);
    expect(eq(range(3), range(3))).toBe(false);
    expect([len(range(5)), len(range(5, 0)), len(range(0, 10, 3))]).toEqual([5, 0, 4]);
    expect(getattr(range(1, 5, 2), "step")).toBe(2);
    expect(isIn(4, range(0, 10, 2))).toBe(true);
    expect(repr(slice(1, null))).toBe("slice(1, None, None)");
    expect(repr(invoke(slice(1, null), "indices", 5))).toBe("(1, 5, 1)");
  });

  test.each([
    [() => getitem(range(5), 7), "IndexError: range index out of range"],
    [() => range(0, 1, 0), "ValueError: zero step"],
    [() => range(1.5), "TypeError: can't convert float to int"],
    [() => hash(slice(1, 2)), "TypeError: unsupported type for __hash__: 'slice'"],
  ])("%s", (run, message) => expect(raised(run)).toBe(message));
});

describe("collections", () => {
  test("OrderedDict", () => {
    const d = OrderedDict([
      ["a", 1],
      ["b", 2],
    ]);
    expect(repr(d)).toBe("OrderedDict({'a': 1, 'b': 2})");
    expect(
      eq(
        d,
        OrderedDict([
          ["b", 2],
          ["a", 1],
        ]),
      ),
    ).toBe(false);
    expect(
      eq(
        d,
        dict([
          ["b", 2],
          ["a", 1],
        ]),
      ),
    ).toBe(true);
    expect(repr(invoke(d, "popitem"))).toBe("('b', 2)");
    expect(invoke(d, "get", "a")).toBe(1);
    expect(d).toBeInstanceOf(Dict);
  });

  test("namedtuple", () => {
    const P = namedtuple("P", ["x", "y"]);
    const p = call(P, 1, 2);
    expect(repr(p)).toBe("P(x=1, y=2)");
    expect([getattr(p, "x"), getitem(p, 1), len(p)]).toEqual([1, 2, 2]);
    expect(repr(apply(P, [1], { y: 5 }))).toBe("P(x=1, y=5)");
    expect(eq(p, tup(1, 2))).toBe(true);
    expect(raised(() => getattr(p, "index"))).toBe(
      "AttributeError: 'P' object has no attribute 'index'",
    );
    expect(raised(() => call(P, 1))).toBe(
      "TypeError: P() takes 2 positional arguments but 1 were given",
    );
    expect(raised(() => apply(P, [1], { z: 2 }))).toBe(
      "TypeError: unexpected keyword argument 'z'",
    );
    expect(raised(() => apply(P, [1], { x: 2 }))).toBe(
      "TypeError: function got multiple values for argument 'x'",
    );
    const Q = classOf("Q", [namedtuple("QBase", "a b")], { sum: (self: any) => self.a + self.b });
    const q = call(Q, 3, 4);
    expect(invoke(q, "sum")).toBe(7);
    expect(repr(q)).toBe("QBase(a=3, b=4)");
  });

  test("deque", () => {
    const d = deque([1, 2], 3);
    invoke(d, "append", 3);
    invoke(d, "append", 4);
    expect(list(d)).toEqual([2, 3, 4]);
    invoke(d, "appendleft", 9);
    expect(list(d)).toEqual([9, 2, 3]);
    expect([invoke(d, "popleft"), invoke(d, "pop"), len(d)]).toEqual([9, 3, 1]);
    expect(getitem(d, 0)).toBe(2);
    setitem(d, 0, 5);
    expect(truth(d)).toBe(true);
    invoke(d, "extend", [6]);
    expect(list(d)).toEqual([5, 6]);
    expect(repr(d)).toBe("<deque>");
    expect(raised(() => invoke(deque([], 1), "pop"))).toBe("IndexError: empty");
    const full = deque([1], 1, 1);
    expect(raised(() => invoke(full, "append", 2))).toBe("IndexError: full");
    expect(raised(() => deque([], -1))).toBe("ValueError: ");
    expect(raised(() => getitem(d, 5))).toBe("IndexError: deque index out of range");
    expect(raised(() => call(deque))).toBe(
      "TypeError: function missing 2 required positional arguments",
    );
  });
});
