/** `mpy2ts print` (hidden): what a phase of the compiler makes of a file. For working on the compiler. */
import type { Scope } from "../analyze/analysis.js";
import { buildScopes } from "../analyze/scopes.js";
import { diagnostic } from "../diagnostics/catalog.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import { dump } from "../parser/dump.js";
import { parse } from "../parser/parse.js";
import { Program, type ProgramResult } from "../program.js";
import { openProject } from "./project.js";
import { createReporter } from "./reporter.js";

export interface PrintOptions {
  readonly phase: string;
  readonly facts: boolean;
}

type Phase = (source: SourceFile, result: ProgramResult) => string;

const phases: Readonly<Record<string, Phase>> = {
  ast: (source) => dump(parse(source).module, 2),
  scopes: (source) => {
    const { module } = parse(source);
    return scopeLines(buildScopes(module).root, "").join("\n");
  },
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

function scopeLines({ kind, node, bindings, children, globals }: Scope, indent: string): string[] {
  const name = "name" in node ? ` ${node.name}` : "";
  const rows = [...bindings.values()].map((binding) => {
    const flags = [
      binding.kind,
      binding.jsName === binding.name ? "" : `as ${binding.jsName}`,
      binding.captured ? "captured" : "",
      binding.rebound ? "rebound" : "",
      binding.mayBeUnbound ? "may be unbound" : "",
      binding.imported === null ? "" : `import ${binding.imported.target.module}`,
    ];
    return `${indent}  ${binding.name}: ${flags.filter((flag) => flag !== "").join(", ")}`;
  });
  const declared = globals.size === 0 ? [] : [`${indent}  global ${[...globals].join(", ")}`];
  const inner = children.flatMap((child) => scopeLines(child, `${indent}  `));
  return [`${indent}${kind}${name}`, ...declared, ...rows, ...inner];
}
