/** What becomes of long lines, and of comments between brackets, in the TypeScript. */
import { compile } from "../../src/index.js";

const WIDTH = 100;

function body(code: string): string {
  const { ts, diagnostics } = compile(code);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return ts ?? "";
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `number_${i}`).join(", ");

describe("layout", () => {
  test.each([
    ["a call", `def f(*a): return a\n${names(9).replaceAll(",", " =")} = 1\nf(${names(9)})`],
    ["a list", `x = [${Array.from({ length: 60 }, (_, i) => `"text ${i}"`).join(", ")}]`],
    ["numbers", `x = (${Array.from({ length: 90 }, (_, i) => i * 1000).join(", ")})`],
    ["a condition", `def f(${names(9)}):\n    if ${names(9).replaceAll(",", " and")}: return 1`],
    ["a choice", `def f(${names(9)}):\n    return [${names(4)}] if number_5 else [${names(9)}]`],
    ["a loop", `def f(${names(9)}):\n    for x in (${names(9)}): print(x)`],
    [
      "calls in calls",
      `def f(a, b): return f(f(f(f(f(f(a, "${"x".repeat(30)}"), b), a), b), a), f(a, b))`,
    ],
  ])("%s fits its lines", (_, code) => {
    for (const line of body(code).split("\n")) expect(line.length).toBeLessThanOrEqual(WIDTH);
  });

  test("what fits stays on one line", () => {
    expect(body("def f(a):\n    return [a, (a, 1), {'k': a}]")).toContain(
      'return [a, tup(a, 1), dict([["k", a]])];',
    );
  });

  test("numbers stand side by side", () => {
    const code = body(`x = (${Array.from({ length: 90 }, (_, i) => i).join(", ")})`);
    expect(code).toMatch(/tup\(\n {2}0, 1, 2, 3, /);
  });

  test("operators that bind less keep their parentheses", () => {
    const code = body(
      `def f(${names(9)}):\n    return (number_0 == 1 or number_1 == 2 or number_2 == 3) and (number_4 == 5 or number_5 == 6)`,
    );
    expect(code).toMatch(/return \(.*\n?.*\) &&\n/);
  });
});

describe("comments between brackets", () => {
  test("stay with their items", () => {
    const code = body("x = [\n    1,  # one\n    # above two\n    2,\n    # at the end\n]");
    expect(code).toContain("[\n      1, // one\n      // above two\n      2 // at the end\n    ]");
  });

  test("stay with the pairs of a dict and with arguments", () => {
    const code = body(
      'def f(a, b): print(a, b)\nf(  # first\n    1,\n    {"k": 1,  # kay\n     "l": 2})',
    );
    expect(code).toContain('["k", 1], // kay');
    expect(code).toContain("// first\n");
  });

  test("behind a line that follows a block stay there", () => {
    const code = body("def f(a):\n    while a:\n        a -= 1\n    print(a)  # after\n");
    expect(code).toContain("print(a); // after");
  });

  test("are all that is left of a block without statements", () => {
    expect(body("def f(a):\n    if a:\n        # nothing to do\n        pass\n")).toContain(
      "{\n    // nothing to do\n  }",
    );
  });

  test("stand above the statement where no item is", () => {
    expect(body("def f(a):\n    return (a +  # why\n            1)")).toMatch(
      /\/\/ why\n\s+return add\(a, 1\);/,
    );
  });

  test("are never lost", () => {
    const code = body(
      "class A:\n    x = 1  # c0\n\ndef f(a, *, k=None):\n    print(a[  # c1\n        0], f(\n        k=[  # c2\n            1],\n        a=2,  # c3\n    ))\n    return {1,  # c4\n            2}\n",
    );
    for (const comment of ["c0", "c1", "c2", "c3", "c4"]) expect(code).toContain(`// ${comment}`);
  });
});
