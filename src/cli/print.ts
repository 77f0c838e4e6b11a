/** `mpy2ts print` (hidden): what a phase of the compiler makes of a file. For working on the compiler. */
import type { Analysis, ImportTarget } from "../analyze/analysis.js";
import { analyze } from "../analyze/analyze.js";
import { dumpAnalysis } from "../analyze/dump.js";
import { programFacts } from "../analyze/program-facts.js";
import { diagnostic } from "../diagnostics/catalog.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import { dump } from "../parser/dump.js";
import { parse } from "../parser/parse.js";
import { Program, type ProgramResult } from "../program.js";
import { createResolver } from "../resolve.js";
import { openProject } from "./project.js";
import { createReporter } from "./reporter.js";

export interface PrintOptions {
  readonly phase: string;
  readonly facts: boolean;
}

type Phase = (source: SourceFile, result: ProgramResult) => string;

const phases: Readonly<Record<string, Phase>> = {
  ast: (source) => dump(parse(source).module, 2),
  scopes: (source) => dumpAnalysis(analyzeAlone(source), source.text).trimEnd(),
  target: (source, result) =>
    result.modules.find((module) => module.source.path === source.path)?.ts.code.trimEnd() ?? "",
};

export function print(target: string, options: PrintOptions): number {
  const reporter = createReporter({ json: false, stream: process.stderr });
  const phase = Object.hasOwn(phases, options.phase) ? phases[options.phase] : undefined;
  if (phase === undefined) {
    const reason = `'${options.phase}' is none of ${Object.keys(phases).join(", ")}`;
    reporter.report([diagnostic("MPY5007", { option: "--phase", reason }, target, null)]);
    return 1;
  }
  const project = openProject(target);
  if ("code" in project) {
    reporter.report([project]);
    return 1;
  }
  const result = new Program({ ...project, purpose: "run", facts: options.facts }).update();
  reporter.report(result.diagnostics, result.sources);
  const source = result.sources.get(project.shownPath(project.entry ?? "main.py"));
  if (source) process.stdout.write(`${phase(source, result)}\n`);
  return reporter.errors === 0 ? 0 : 1;
}

/** The file on its own: what other modules of its program do to it is not known. */
function analyzeAlone(source: SourceFile): Analysis {
  const { module } = parse(source);
  const resolver = createResolver({ isFile: () => false, isFolder: () => false }, []);
  const target = (name: string): ImportTarget => {
    const { kind, name: resolved } = resolver.resolve(name);
    return { kind: kind === "runtime" ? kind : "unknown", module: resolved };
  };
  const main = { name: "main", isPackage: false, ast: module };
  const facts = programFacts([main], (_importer, name) => target(name));
  return analyze(module, {
    module: main.name,
    file: source.path,
    isPackage: false,
    resolveImport: (name) => target(name ?? ""),
    facts,
  });
}
