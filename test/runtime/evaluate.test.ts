/** `exec`, `eval` and `compile` at run time, with the compiler that programs are given. */

import { compile } from "../../src/runtime/builtins/evaluate.js";
import { Dict } from "../../src/runtime/core/container/dict.js";
import { current } from "../../src/runtime/core/context.js";
import { caught } from "../../src/runtime/core/exception/exceptions.js";
import type { PyModule } from "../../src/runtime/core/module/module.js";
import type { Value } from "../../src/runtime/core/values.js";
import {
  define,
  evaluate,
  execute,
  formatException,
  locals,
  lookup,
  PyObject,
  within,
} from "../../src/runtime/index.js";
import { snippetCompiler } from "../../src/snippet-compiler.js";
import { print, runProgram } from "./program.js";
import { raised } from "./python.js";

const main = (): PyModule => current().main as PyModule;

/** Runs `body` as a program that can compile; what it printed. */
async function run(body: () => Value, compiler = snippetCompiler()): Promise<string[]> {
  const { out, err } = await runProgram(body, { compiler });
  return err === "" ? out : [...out, ...err.split("\n").slice(0, -1)];
}

test("names go to the module", async () => {
  const out = await run(() => {
    execute(main(), "x = 40\ndef f(n):\n    return n + x\n");
    print(evaluate(main(), "f(2)"), lookup(main(), "x"));
    print(evaluate(main(), "globals() is locals()"), evaluate(main(), "__name__"));
  });
  expect(out).toEqual(["42 40", "True __main__"]);
});

test("dicts instead of the module", async () => {
  const out = await run(() => {
    const scope = new Dict([["n", 5]]);
    execute(main(), "n += 1\nm = [n for _ in range(2)]", scope);
    print(scope.get("n"), scope.get("m"), main().get("n") === undefined);
    const inner = new Dict();
    execute(main(), "y = n", scope, inner);
    print(inner.get("y"), scope.get("y") === undefined);
    print(raised(() => execute(main(), "z = 1\n(lambda: z)()", scope, inner)));
    print(raised(() => execute(main(), "1", "no dict")));
    print(evaluate(main(), "__name__", new Dict()));
  });
  expect(out).toEqual([
    "6 [6, 6] True",
    "6 True",
    "NameError: name 'z' isn't defined",
    "TypeError: ",
    "builtins",
  ]);
});

test("deleting names, and names that are not there", async () => {
  const out = await run(() => {
    const scope = new Dict([["a", 1]]);
    execute(main(), "del a", scope);
    print(scope.has("a"));
    print(raised(() => execute(main(), "del a", scope)));
    execute(main(), "try:\n    1 // 0\nexcept ZeroDivisionError as e: pass", scope);
    print(scope.has("e"));
  });
  expect(out).toEqual(["False", "KeyError: a", "False"]);
});

test("code objects run again and again", async () => {
  const out = await run(() => {
    const code = compile("a + 1", "text", "eval");
    print(
      evaluate(main(), code, new Dict([["a", 1]])),
      evaluate(main(), code, new Dict([["a", 5]])),
    );
    print(code);
    execute(main(), compile("7\nNone\n".slice(0, 2), "text", "single"));
    print(raised(() => compile("1", "text", "none")));
  });
  expect(out).toEqual(["2 6", "<code>", "7", "ValueError: bad compile mode"]);
});

test("text that waits suspends whoever can", async () => {
  const { out, time } = await runProgram(
    function* () {
      yield* execute.wait(main(), "import time\ntime.sleep_ms(50)");
      print("after");
    },
    {
      compiler: snippetCompiler(),
      runtimeModules: new Map([["time", await import("../../src/runtime/modules/time.js")]]),
    },
  );
  expect(out).toEqual(["after"]);
  expect(time).toBeGreaterThanOrEqual(50);
});

test("a class body has names of its own", async () => {
  const out = await run(() => {
    class C extends PyObject {
      static {
        define(this, { attrs: { a: 1 } });
      }
    }
    execute(within(main(), C), "b = a + 1");
    print((C as Value).prototype.b, locals(within(main(), C)).get("b"));
  });
  expect(out).toEqual(["2 2"]);
});

test("tracebacks name the text and its line", async () => {
  const out = await run(() => {
    for (const text of ["x = 1\ny = nothing", "a b", "def f():\n  return 1\n\n  break"]) {
      try {
        execute(main(), text);
      } catch (error) {
        print(formatException(caught(error)).trimEnd());
      }
    }
  });
  expect(out).toEqual([
    "Traceback (most recent call last):",
    '  File "<string>", line 2, in <module>',
    "NameError: name 'nothing' isn't defined",
    "Traceback (most recent call last):",
    '  File "<string>", line 1',
    "SyntaxError: invalid syntax",
    "Traceback (most recent call last):",
    '  File "<string>", line 4, in f',
    "SyntaxError: 'break'/'continue' outside loop",
  ]);
});

test("without a compiler the program is told how to get one", async () => {
  const { out } = await runProgram(() => print(raised(() => evaluate(main(), "1"))));
  expect(out[0]).toMatch(/^NotImplementedError: .*mpy2ts\/snippet-compiler/);
});
