/** Code that is compiled while a program runs: what it becomes, and which texts are refused and how. */
import { compileSnippet, type SnippetInput } from "../../src/compile-snippet.js";

function compiled(text: string, mode: SnippetInput["mode"] = "exec"): string {
  const result = compileSnippet({ text, mode, file: "<string>" });
  if ("error" in result) throw new Error(result.error.message);
  return result.snippet.code;
}

/** The error as MicroPython prints it; "none". */
function refused(text: string, mode: SnippetInput["mode"] = "exec"): string {
  const result = compileSnippet({ text, mode, file: "<string>" });
  if (!("error" in result)) return "none";
  const { type, message, line, block } = result.error;
  return `${line}${block === null ? "" : ` in ${block}`}: ${type}: ${message}`;
}

describe("names", () => {
  test("the outermost code uses its locals, functions the globals", () => {
    const code = compiled("x = y\ndef f(a):\n    global x\n    x = a + y\n");
    expect(code).toContain("$locals.x = $locals.y;");
    expect(code).toContain("$globals.x = add(a, $globals.y);");
    expect(code).toContain("$locals.f = ");
  });

  test("stores of every form", () => {
    expect(compiled("a, *b = c")).toContain(
      "[$locals.a, $locals.b] = unpackStar($locals.c, 1, 0);",
    );
    expect(compiled("for i in x: pass")).toContain("for ($locals.i of each($locals.x))");
    expect(compiled("del x")).toContain("delete $locals.x;");
    expect(compiled("print(n := 1)")).toContain("$locals.n = 1");
    expect(compiled("import a.b")).toContain(
      '$locals.a = yield* importStatement.wait($globals, "a.b")',
    );
  });

  test("a comprehension sees the globals, but for its first iterable", () => {
    const code = compiled("[y for x in z]", "eval");
    expect(code).toContain("collect($locals.z, (x) => $globals.y)");
  });

  test("nothing is imported, everything comes from the runtime given", () => {
    const code = compiled("import time\ntime.sleep(1)\nprint(-x)");
    expect(code).not.toMatch(/^import/m);
    expect(code).toMatch(/const \{[^}]*neg[^}]*\} = \$runtime;/);
  });

  test("a builtin may be hidden by an entry of the dict", () => {
    expect(compiled("len(x)")).toContain("callWait($locals.len, $locals.x)");
  });

  test("a class is known to its methods whatever becomes of its name", () => {
    const code = compiled("class C(B):\n    def m(self): super().m()\n");
    const [, own] = /const (C\$\d+) = class/.exec(code) ?? [];
    expect(own).toBeDefined();
    expect(code).toContain(`superOf(${own}, this)`);
    expect(code).toContain(`$locals.C = built(${own});`);
  });
});

describe("modes", () => {
  test("eval returns the expression", () => {
    expect(compiled("1, 2", "eval")).toContain("return tup(1, 2);");
  });

  test("single prints what stands alone", () => {
    expect(compiled("if 1: 2", "single")).toContain("call($locals.__repl_print__, 2);");
    expect(compiled("def f():\n    1\n", "single")).not.toContain("__repl_print__");
  });

  test.each(["", "x = 1", "1; 2", "1;", "1\n2", "pass", "# c\n1", "1 +", "x := 1", "yield 1"])(
    "no expression: %j",
    (text) => {
      expect(refused(text, "eval")).toContain("SyntaxError: ");
    },
  );

  test.each(["1", "1\n\n# c\n", "1, 2", "(1\n)", "lambda: 1", "1 # c"])(
    "expression: %j",
    (text) => {
      expect(refused(text, "eval")).toBe("none");
    },
  );

  test("single takes one statement", () => {
    expect(refused("a; b", "single")).toBe("none");
    expect(refused("if a:\n    b\n", "single")).toBe("none");
    expect(refused("a\nb", "single")).toBe("2: SyntaxError: invalid syntax");
  });
});

test.each([
  ["1 +", "1: SyntaxError: invalid syntax"],
  [" a", "1: IndentationError: unexpected indent"],
  ["a\n  b", "2: IndentationError: unexpected indent"],
  ["return", "1 in <module>: SyntaxError: 'return' outside function"],
  ["def f():\n break", "2 in f: SyntaxError: 'break'/'continue' outside loop"],
  ["def f(a, a): pass", "1 in f: SyntaxError: argument name reused"],
  ["f() = 1", "1 in <module>: SyntaxError: can't assign to expression"],
  ["f(a=1, b)", "1 in <module>: SyntaxError: positional arg after keyword arg"],
  ["0b2", "1: SyntaxError: invalid syntax for integer with base 2: '2'"],
  ["x = 01", "1: SyntaxError: invalid syntax for integer with base 0: '01'"],
  ["1e", "1: SyntaxError: invalid syntax for number"],
  ["'\\N{x}'", "1: NotImplementedError: unicode name escapes"],
])("%j is refused as MicroPython does", (text, expected) => {
  expect(refused(text)).toBe(expected);
});
