/** The order of dicts and sets, as MicroPython 1.29 printed it for the same operations. */

import {
  applyMethod,
  bitand,
  bitor,
  bitxor,
  Dict,
  delitem,
  dict,
  invoke,
  list,
  PySet,
  repr,
  set,
  setitem,
  sub,
} from "../../src/runtime/index.js";

const words = ["temp", "hum", "pressure", "a", "b", "c", "zz", "id", "name", "value"];

test("a dict that grew", () => {
  const d = dict();
  for (const word of words) setitem(d, word, 1);
  expect(list(d)).toEqual(["pressure", "name", "a", "value", "c", "temp", "zz", "id", "b", "hum"]);
});

test("a dict display has just the room it needs", () => {
  const d = dict([
    ["temp", 1],
    ["hum", 2],
    ["pressure", 3],
    ["a", 4],
    ["b", 5],
  ]);
  expect(list(d)).toEqual(["temp", "pressure", "a", "b", "hum"]);
  delitem(d, "hum");
  setitem(d, "new", 1);
  setitem(d, "x", 2);
  setitem(d, "y", 3);
  expect(list(d)).toEqual(["pressure", "new", "temp", "a", "x", "y", "b"]);
  const copy = invoke(d, "copy");
  setitem(copy, "q", 1);
  expect(list(copy)).toEqual(["pressure", "new", "temp", "q", "a", "x", "y", "b"]);
  expect(repr(invoke(d, "popitem"))).toBe("('pressure', 3)");
});

test("numbers, negative ones too", () => {
  expect(
    list(
      dict([
        [1, 1],
        [5, 2],
        [-3, 3],
        [2, 4],
        [100, 5],
      ]),
    ),
  ).toEqual([5, 1, 2, -3, 100]);
});

test("deleted slots are used again", () => {
  const d = dict();
  for (let i = 0; i < 20; i++) setitem(d, `key${i}`, i);
  for (let i = 0; i < 20; i += 3) delitem(d, `key${i}`);
  for (let i = 0; i < 5; i++) setitem(d, i, i);
  expect(list(d).join(" ")).toBe(
    "key17 0 key19 1 2 3 key2 4 key1 key7 key4 key5 key14 key8 key16 key13 key11 key10",
  );
});

test("dict.fromkeys, update and |", () => {
  expect(list(invoke(dict, "fromkeys", ["one", "two", "three"]))).toEqual(["three", "one", "two"]);
  const d = dict([
    ["a", 1],
    ["b", 2],
  ]);
  setitem(d, "d", 4);
  applyMethod(d, "update", [dict([["x", 9]])], { y: 10 });
  expect(list(d)).toEqual(["b", "a", "x", "y", "d"]);
  expect(
    list(
      bitor(
        dict([
          ["a", 1],
          ["b", 2],
        ]),
        dict([["c", 3]]),
      ),
    ),
  ).toEqual(["a", "c", "b"]);
});

test("a loop sees the table as it is", () => {
  const d = new Dict([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  const seen: any[] = [];
  for (const key of d) {
    seen.push(key);
    d.delete(2);
  }
  expect(seen).toEqual([3, 1]);
});

test("sets", () => {
  const s = new PySet([3, 1, 2, 10, -5]);
  expect(repr(s)).toBe("{10, 1, 2, 3, -5}");
  s.add(7);
  expect(repr(s)).toBe("{7, 1, 2, 3, 10, -5}");
  invoke(s, "discard", 1);
  s.add(50);
  expect(repr(s)).toBe("{7, 50, 2, 3, 10, -5}");
  expect(repr(set([3, 1, 2, 10, -5, "abc", "d"]))).toBe("{1, 2, 3, 10, 'abc', -5, 'd'}");
  expect(repr(bitor(new PySet([1, 2, 3]), new PySet([9, 8, 7])))).toBe("{8, 1, 2, 9, 3, 7}");
  expect(repr(bitand(new PySet([1, 2, 3]), new PySet([3, 2])))).toBe("{2, 3}");
  expect(repr(sub(new PySet([1, 2, 3, 4, 5]), new PySet([2])))).toBe("{5, 1, 3, 4}");
  expect(repr(bitxor(new PySet([1, 2]), new PySet([2, 3, 4])))).toBe("{4, 1, 3}");
  expect(list(set("hello world")).join("")).toBe("elowd hr");
});
