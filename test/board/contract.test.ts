/**
 * Everything that programs see of the runtime's modules is exercised: each function, class, method and
 * constant is mentioned in a fixture, an example or a test of the board, the runtime or the network.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as signatures from "../../src/runtime/core/call/signature.js";
import { infoOf, isType } from "../../src/runtime/core/class/type.js";
import { moduleLoaders } from "../../src/runtime/modules/index.js";

const MODULES = Object.keys(moduleLoaders) as (keyof typeof moduleLoaders)[];

/** The texts of all programs and tests that speak of the board. */
function texts(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => pattern.test(file) && !file.includes("contract"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
}

const programs = [
  ...texts("fixtures", /\.py$/),
  ...texts("examples", /\.py$/),
  ...texts("test/board", /\.ts$/),
  ...texts("test/runtime", /\.ts$/),
  ...texts("test/net", /\.(ts|py)$/),
  ...texts("test/board", /\.txt$/),
];
/** Fixtures that list the constants of a class, with the numbers that they have on each board. */
const listed = new Set(
  texts("fixtures/machine", /^names-.*\.out$/).flatMap(
    (text) => text.match(/\b[A-Z]\w*(?==)/g) ?? [],
  ),
);
const words = new Set(programs.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));
/** `x.name`, and `invoke(x, "name")` in tests that are written in TypeScript. */
const attributes = new Set(
  programs.flatMap((text) =>
    [...text.matchAll(/\.\s*([A-Za-z_]\w*)|, "(\w+)"/g)].map(
      ([, name, invoked]) => name ?? invoked,
    ),
  ),
);

/** The method behind an accessor that asks whether the board has it. */
function wrapped(get: (() => unknown) | undefined): unknown {
  return (get as { [signatures.WRAPS]?: unknown } | undefined)?.[signatures.WRAPS];
}

/** The names of a class that programs see: methods, properties and constants. */
function namesOf(cls: object): string[] {
  const { prototype } = cls as { prototype?: object };
  // Types of values that JavaScript has itself keep their methods apart.
  if (prototype === undefined || infoOf(cls)?.methods !== undefined) {
    return Object.keys({ ...infoOf(cls)?.methods, ...infoOf(cls)?.statics }).filter(
      (name) => !name.startsWith("__"),
    );
  }
  const described = Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .map(([name, { value, get }]) => [name, value ?? wrapped(get)] as const)
    .filter(([, value]) => typeof value === "function" && signatures.SIGNATURE in value)
    .map(([name]) => name);
  const constants = Object.keys(cls).filter(
    (name) => /^[A-Z][A-Z0-9_]+$/.test(name) && !listed.has(name),
  );
  return [...described, ...constants].filter((name) => !name.startsWith("__"));
}

test.each(MODULES)("every name of %s is exercised", async (name) => {
  const exports = (await moduleLoaders[name]()) as unknown as Record<string, unknown>;
  const missing = Object.entries(exports).flatMap(([exported, value]) => {
    const own = words.has(exported) || /^(__|\$)/.test(exported) ? [] : [exported];
    if (typeof value !== "function" || !isType(value)) return own;
    return [
      ...own,
      ...namesOf(value)
        .filter((member) => !attributes.has(member))
        .map((member) => `${exported}.${member}`),
    ];
  });
  expect(missing).toEqual([]);
});
