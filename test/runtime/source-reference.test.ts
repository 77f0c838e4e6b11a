/**
 * Random programs, compiled and run, agree with MicroPython. A few thousand in an ordinary run;
 * `CASES=100000 npm test -- source-reference` runs that many of each kind, `SEED=n` other ones.
 */

import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Dict } from "../../src/runtime/core/container/dict.js";
import { current } from "../../src/runtime/core/context.js";
import { BaseException, caught } from "../../src/runtime/core/exception/exceptions.js";
import type { PyModule } from "../../src/runtime/core/module/module.js";
import { repr } from "../../src/runtime/core/repr.js";
import { evaluate, execute } from "../../src/runtime/index.js";
import * as array from "../../src/runtime/modules/array.js";
import type { ModuleNamespace } from "../../src/runtime/modules/index.js";
import * as math from "../../src/runtime/modules/math.js";
import { snippetCompiler } from "../../src/snippet-compiler.js";
import { excuse } from "./allowance.js";
import { runProgram } from "./program.js";
import { expressions, statements } from "./random-source.js";
import { loadReference, type Reference } from "./reference.js";

const runtimeModules = new Map<string, ModuleNamespace>([
  ["array", array],
  ["math", math],
]);

const CASES = Number(process.env.CASES ?? 2000);
const SEED = Number(process.env.SEED ?? 20);

let reference: Reference;

beforeAll(async () => {
  reference = await loadReference();
});

/** Runs the cases within one program, whose compiler is the one that `exec` and `eval` use. */
async function agree(
  source: fc.Arbitrary<string>,
  expected: (text: string) => string,
  run: (text: string, scope: Dict) => unknown,
): Promise<void> {
  let failure: unknown = "did not run";
  const body = () => {
    const modules = new Dict();
    execute(main(), "import array, math", modules);
    const property = fc.property(source, (text) => {
      const scope = new Dict([...modules.entries()]);
      const [wanted, found] = [expected(text), outcome(() => run(text, scope))];
      if (wanted === found || excuse({ text, wanted, found, again: () => expected(text) })) return;
      throw new Error(`${text}\n  MicroPython: ${wanted}\n  mpy2ts: ${found}`);
    });
    try {
      fc.assert(property, { numRuns: CASES, seed: SEED });
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    return null;
  };
  const { err } = await runProgram(body, { compiler: snippetCompiler(), runtimeModules });
  expect(err).toBe("");
  if (failure !== undefined) throw failure;
}

function main(): PyModule {
  return current().main as PyModule;
}

function outcome(run: () => unknown): string {
  try {
    return repr(run());
  } catch (thrown) {
    const error = caught(thrown);
    if (error instanceof BaseException) return `raised ${repr(error)}`;
    throw error;
  }
}

test("expressions", async () => {
  await agree(expressions, reference, (text, scope) => evaluate(main(), text, scope));
}, 3_600_000);

test("statements", async () => {
  await agree(statements, reference.execute, (text, scope) => {
    execute(main(), text, scope);
    return scope.get("r");
  });
}, 3_600_000);
