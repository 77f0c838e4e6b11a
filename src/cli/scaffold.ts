/**
 * The files around the modules that make an output folder a Node project of its own: the start file,
 * which is made anew by each build, and settings, which are the user's once they are there. Called
 * by `builder.ts`.
 */
import { relative, resolve, sep } from "node:path";
import type { ProgramModule, ProgramResult } from "../program.js";
import { computedImports } from "../resolve.js";
import { packageRoot, version } from "./package.js";

/** Name of the start file without extension; the program may have a module called `start`. */
export function startName({ modules }: ProgramResult): string {
  // No module can have a dot in its name.
  return modules.some(({ output }) => output === "start") ? "main.start" : "start";
}

/** Text of the start file; null where no file of the program is an entry. */
export function startFile(result: ProgramResult): string | null {
  const { entries, modules, hasComputedImports, runsText } = result;
  if (entries.length === 0) return null;
  const local = (module: ProgramModule): string =>
    module === entries.at(-1)
      ? "main"
      : module === entries[0]
        ? "boot"
        : `m${modules.indexOf(module)}`;
  const list = (some: readonly ProgramModule[]): string => `[${some.map(local).join(", ")}]`;
  const options = [
    ...(modules.length > entries.length ? [`modules: ${list(modules)}`] : []),
    ...(hasComputedImports ? [`computedImports: ${JSON.stringify(computedImports())}`] : []),
    ...(runsText ? ["compiler: snippetCompiler()"] : []),
  ];
  const argument = options.length === 0 ? "" : `, { ${options.join(", ")} }`;
  const text = [
    `/** Starts the program: \`node ${startName(result)}.js [--virtual] [--trace] [--board NAME] [args...]\`. */`,
    `import { startProcess } from "mpy2ts/runtime/host/node-start";`,
    ...(runsText ? [`import { snippetCompiler } from "mpy2ts/snippet-compiler";`] : []),
    ...modules.map((module) => `import ${local(module)} from "./${module.output}.js";`),
    "",
    `await startProcess(${list(entries)}${argument});`,
    "",
  ];
  return text.join("\n");
}

/** `start`: name of the start file, without extension. */
export function settings(folder: string, start: string, js: boolean): Map<string, string> {
  return new Map([
    ["package.json", json(packageSettings(folder, start, js))],
    ["tsconfig.json", json(compilerSettings)],
  ]);
}

function packageSettings(folder: string, start: string, js: boolean): object {
  return {
    private: true,
    type: "module",
    scripts: { build: "tsc", ...(js ? {} : { prestart: "tsc" }), start: `node ${start}.js` },
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
    strict: true,
    declaration: true,
    sourceMap: true,
    skipLibCheck: true,
    types: [],
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
