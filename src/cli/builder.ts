/**
 * Compiles a project and writes its outputs, all of them or, with errors, none; again and again
 * under `watch`, once under `build`.
 */
import { dirname, join, relative } from "node:path";
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Program, type ProgramResult } from "../program.js";
import { writeOutputs } from "./output-folder.js";
import { outputProblem } from "./output-place.js";
import { openProject, type Project } from "./project.js";
import type { Reporter } from "./reporter.js";
import { settings, startFile, startName } from "./scaffold.js";

export interface BuilderOptions {
  readonly out: string;
  readonly js?: true;
  readonly facts: boolean;
  readonly closed?: true;
  readonly hostModule?: readonly string[];
}

export interface Builder {
  readonly project: Project;
  /** Null when there were errors; the outputs of the last good build are then still in place. */
  build(reporter: Reporter): ProgramResult | null;
}

/** The builder, or why there is nothing to build or nowhere to write. */
export function createBuilder(target: string, options: BuilderOptions): Builder | Diagnostic {
  const project = openProject(target);
  if ("code" in project) return project;
  const problem = outputProblem(project, options.out);
  if (problem) return problem;
  const { facts, closed = false, js, hostModule: hostModules = [] } = options;
  const languages = js ? (["ts", "js"] as const) : (["ts"] as const);
  const program = new Program({
    ...project,
    purpose: "build",
    facts,
    closed,
    hostModules,
    languages,
  });
  return {
    project,
    build(reporter) {
      const result = program.update();
      reporter.report(result.diagnostics, result.sources);
      if (result.failed) return null;
      if (result.modules.length === 0) {
        // Rather a wrong folder than a wish to have all outputs removed.
        reporter.report([diagnostic("MPY5010", { folder: target }, target, null)]);
        return null;
      }
      const { out, js = false } = options;
      const outputs = {
        files: outputFiles(result, out, js),
        once: settings(out, startName(result), js),
      };
      const failure = writeOutputs(out, outputs);
      if (failure === null) return result;
      reporter.report([failure]);
      return null;
    },
  };
}

/** Texts by path relative to the output folder. */
function outputFiles(result: ProgramResult, out: string, js: boolean): Map<string, string> {
  const files = new Map<string, string>();
  for (const { output, ts, js: script } of result.modules) {
    files.set(`${output}.ts`, ts.code);
    if (!js) continue;
    const map = `${output.slice(output.lastIndexOf("/") + 1)}.js.map`;
    files.set(`${output}.js`, `${script.code}//# sourceMappingURL=${map}\n`);
    files.set(`${output}.js.map`, relativeMap(script.map, join(out, dirname(output))));
  }
  const start = startFile(result);
  if (start !== null) {
    for (const language of js ? ["ts", "js"] : ["ts"]) {
      files.set(`${startName(result)}.${language}`, start);
    }
  }
  return files;
}

/** The map with the path of the Python file relative to its own folder, for debuggers. */
function relativeMap(map: string, folder: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  return JSON.stringify({
    ...parsed,
    sources: parsed.sources.map((path) => relative(folder, path)),
  });
}
