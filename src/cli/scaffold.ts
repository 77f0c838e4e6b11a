/**
 * The files around the modules that make an output folder a Node project of its own: the start file,
 * which is made anew by each build, and settings, which are the user's once they are there. Called
 * by `builder.ts`.
 */
import { relative, resolve, sep } from "node:path";
import type { ProgramModule, ProgramResult } from "../program.js";
import { packageRoot, version } from "./package.js";

/** `start.ts` or `start.js`; null where no file of the program is an entry. */
export function startFile(
  { entries, modules, hasComputedImports, runsText }: ProgramResult,
  language: "ts" | "js",
): { name: string; text: string } | null {
  if (entries.length === 0) return null;
  // A program may have a module of that name; none can have a dot in it.
  const name = modules.some(({ output }) => output === "start") ? "main.start" : "start";
  const local = (module: ProgramModule): string =>
    module === entries.at(-1)
      ? "main"
      : module === entries[0]
        ? "boot"
        : `m${modules.indexOf(module)}`;
  const list = (some: readonly ProgramModule[]): string => `[${some.map(local).join(", ")}]`;
  const options = [
    ...(modules.length > entries.length ? [`modules: ${list(modules)}`] : []),
    ...(hasComputedImports ? ["computedImports: true"] : []),
    ...(runsText ? ["compiler: snippetCompiler()"] : []),
  ];
  const argument = options.length === 0 ? "" : `, { ${options.join(", ")} }`;
  const text = [
    `/** Starts the program: \`node ${name}.js [--virtual] [--trace] [--board NAME] [args...]\`. */`,
    `import { startProcess } from "mpy2ts/runtime/host/node-start";`,
    ...(runsText ? [`import { snippetCompiler } from "mpy2ts/snippet-compiler";`] : []),
    ...modules.map((module) => `import ${local(module)} from "./${module.output}.${language}";`),
    "",
    `await startProcess(${list(entries)}${argument});`,
    "",
  ];
  return { name: `${name}.${language}`, text: text.join("\n") };
}

export function settings(folder: string, js: boolean): Map<string, string> {
  return new Map([
    ["package.json", json(packageSettings(folder, js))],
    ["tsconfig.json", json(compilerSettings)],
  ]);
}

function packageSettings(folder: string, js: boolean): object {
  return {
    private: true,
    type: "module",
    scripts: { build: "tsc", ...(js ? {} : { prestart: "tsc" }), start: "node start.js" },
    dependencies: { mpy2ts: dependency(folder) },
    devDependencies: { typescript: ">=5.7" },
  };
}

/** An installed mpy2ts is found by its version, a checkout by its path. */
function dependency(folder: string): string {
  const root = packageRoot();
  const isInstalled = root.split(sep).includes("node_modules");
  return isInstalled ? `^${version()}` : `file:${relative(resolve(folder), root)}`;
}

const compilerSettings = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2022"],
    module: "NodeNext",
    rewriteRelativeImportExtensions: true,
    strict: true,
    sourceMap: true,
    skipLibCheck: true,
    types: [],
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
