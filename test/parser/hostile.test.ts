import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "../../src/diagnostics/source-file.js";
import { dump } from "../../src/parser/dump.js";
import { parse } from "../../src/parser/parse.js";

function codes(source: string): readonly string[] {
  return [...new Set(parse(new SourceFile("main.py", source)).diagnostics.map(({ code }) => code))];
}

describe("too deep for any walk over the tree", () => {
  const depth = 5000;
  test.each<[string, string]>([
    ["unclosed brackets", "(".repeat(depth)],
    ["nested brackets", `x = ${"(".repeat(20000)}${")".repeat(20000)}`],
    ["mixed brackets", "[{(".repeat(depth)],
    ["not", `x = ${"not ".repeat(2000)}y`],
    ["signs", `x = ${"-".repeat(depth)}1`],
    ["lambdas", `${"lambda: ".repeat(depth)}x`],
    ["conditions", `${"a if b else ".repeat(depth)}c`],
    ["powers", `${"a**".repeat(depth)}a`],
    ["calls", `f${"()".repeat(depth)}`],
    ["attributes", `a${".b".repeat(depth)}`],
    ["elif", `if a: pass\n${"elif a: pass\n".repeat(depth)}`],
    ["blocks", Array.from({ length: 700 }, (_, i) => `${" ".repeat(i)}if a:\n`).join("")],
  ])("%s", (_, source) => {
    expect(codes(source)).toContain("MPY1005");
  });
});

describe("long, not deep", () => {
  test.each<[string, string]>([
    ["sums", `x = ${Array(10000).fill("a").join(" + ")}`],
    ["conjunctions", `x = ${Array(10000).fill("a").join(" and ")}`],
    ["comparisons", `x = ${Array(10000).fill("a").join(" < ")}`],
    ["lists", `x = [${"1, ".repeat(20000)}]`],
    ["strings", `x = (${"'a' ".repeat(10000)})`],
    ["names", `${"a".repeat(100000)} = 1`],
    ["statements", "x = 1\n".repeat(20000)],
    ["comments", "# a\n".repeat(20000)],
    ["blank", " ".repeat(100000)],
  ])("%s", (_, source) => {
    const { module, diagnostics } = parse(new SourceFile("main.py", source));
    expect(diagnostics).toEqual([]);
    expect(dump(module).length).toBeGreaterThan(0);
  });

  test("a sum leans left", () => {
    const { module } = parse(new SourceFile("main.py", `${Array(10000).fill("a").join("+")}`));
    const [statement] = module.body;
    let depth = 0;
    let node = statement?.kind === "Expr" ? statement.value : undefined;
    for (; node?.kind === "BinOp"; node = node.left) depth++;
    expect(depth).toBe(9999);
  });
});

describe("odd texts give diagnostics", () => {
  test.each<[string, string, readonly string[]]>([
    ["NUL", "a\0", ["MPY1008"]],
    ["a lone surrogate", "a = \ud800", ["MPY1008"]],
    ["only quotes", "'".repeat(1001), ["MPY1006"]],
    ["an open field", "f'{".repeat(1000), ["MPY1024"]],
    ["a lone backslash", "a\\", ["MPY1007"]],
    ["closing brackets", ")".repeat(1000), ["MPY1003"]],
  ])("%s", (_, source, expected) => {
    expect(codes(source)).toEqual(expected);
  });

  test.each(["", "\n", "   ", "\t\n", "\f", "\r\r\n", "\ufeff", "#"])(
    "%j is an empty program",
    (source) => {
      const { module, diagnostics } = parse(new SourceFile("main.py", source));
      expect(diagnostics).toEqual([]);
      expect(module.body).toEqual([]);
    },
  );

  test("any cut of a program is parsed or refused, never more", () => {
    const program =
      "@a.b\nclass A(B):\n    async def f(self, *c, d=1):\n        with e as f, g:\n" +
      "            return [f'{h!r:>{i}}' for j in (k, {l: m}) if not n]\n" +
      "try:\n    x: int = lambda y: (yield)\nexcept (P, Q) as r:\n    print('''s\nt''')\n";
    for (let at = 0; at <= program.length; at++) {
      parse(new SourceFile("main.py", program.slice(0, at)));
      parse(new SourceFile("main.py", program.slice(at)));
      parse(new SourceFile("main.py", program.slice(0, at) + program.slice(at + 7)));
    }
  });
});

test("time grows with the length of the text, not with its square", () => {
  const block = "async def f(a, b=1):\n    for i in range(a):\n        await g(i, b + 2 * i)\n";
  const cost = (bytes: number): number => {
    const source = new SourceFile("main.py", block.repeat(Math.ceil(bytes / block.length)));
    const before = process.cpuUsage();
    expect(parse(source).diagnostics).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(100_000);
  expect(cost(800_000) / cost(100_000)).toBeLessThan(30);
}, 60000);
