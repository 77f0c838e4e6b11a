/**
 * Random programs, compiled and run, agree with MicroPython. A few thousand in an ordinary run;
 * `CASES=100000 npm test -- source-reference` runs that many of each kind, `SEED=n` other ones.
 */

import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { current } from "../../src/runtime/core/context.js";
import { Dict } from "../../src/runtime/core/dict.js";
import { BaseException, caught } from "../../src/runtime/core/exceptions.js";
import type { PyModule } from "../../src/runtime/core/module.js";
import { repr } from "../../src/runtime/core/repr.js";
import { evaluate, execute } from "../../src/runtime/index.js";
import * as array from "../../src/runtime/modules/array.js";
import type { ModuleNamespace } from "../../src/runtime/modules/index.js";
import * as math from "../../src/runtime/modules/math.js";
import { snippetCompiler } from "../../src/snippet-compiler.js";
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
      fc.pre(!cutsCharacters(text));
      const scope = new Dict([...modules.entries()]);
      const [wanted, found] = [expected(text), outcome(() => run(text, scope))];
      if (!isSame(wanted, found, text) && !isInterned(text, wanted))
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

/**
 * MicroPython's strings are bytes: an empty pattern of `replace` matches within a character, a precision
 * cuts one, and bytes that are no UTF-8 can name a keyword (fixtures/differences/strings-broken-utf8).
 */
const cutsCharacters = (text: string): boolean =>
  (/[^ -~\n]|\\x[89a-f]/.test(text) && /\.replace\(|\.\d/.test(text)) ||
  (/\*\*/.test(text) && /\\x[89a-f]/.test(text));

/**
 * A dict of interned strings alone finds an unhashable key missing. Which strings are interned is by
 * chance too: those that the text holds, and computed ones that equal a name known before.
 */
function isInterned(text: string, wanted: string): boolean {
  return /dict|\{/.test(text) && /^raised TypeError.*__hash__/.test(wanted);
}

/**
 * The order of sets and dicts with tuples in them is by chance: their hash starts from an address. Of
 * large numbers the hash is that of ports with 64 bits, the wasm has 32.
 */
function isSame(wanted: string, found: string, text: string): boolean {
  if (wanted === found) return true;
  // Strings of bytes that are no UTF-8: fixtures/differences/strings-broken-utf8.
  if (found.includes("\ufffd")) return true;
  // From 1e29 on the buffer of MicroPython's float formatting has no room for all digits before the point.
  const withoutDigits = (text: string): string => text.replace(/\d{28,}/g, "#");
  if (/\d{28}/.test(wanted) && withoutDigits(wanted) === withoutDigits(found)) return true;
  // Two NaN are two objects there, and no longer one key.
  const oneNaN = (text: string): string => text.replace(/nan(?:, -?nan)+/g, "nan");
  if (/set|dict|\{/.test(text) && oneNaN(wanted) === oneNaN(found)) return true;
  const sorted = (text: string): string => [...text].sort().join("");
  const shows =
    /\{.*(?:\(|\d{9}|e\+)/.test(wanted) || (/set|dict|\{/.test(text) && /\(|\d{9}/.test(wanted));
  return shows && sorted(wanted) === sorted(found);
}

function main(): PyModule {
  return current().modules.get("__main__");
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
