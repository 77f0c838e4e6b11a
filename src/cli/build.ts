/** `mpy2ts build`: one build, and what to do next. */
import { type BuilderOptions, createBuilder } from "./builder.js";
import { count, createReporter } from "./reporter.js";

export interface BuildOptions extends BuilderOptions {
  readonly check?: true;
  readonly json?: true;
}

export async function build(target: string, options: BuildOptions): Promise<number> {
  const reporter = createReporter({ json: options.json === true, stream: process.stdout });
  const builder = createBuilder(target, options);
  if ("code" in builder) reporter.report([builder]);
  const result = "code" in builder ? null : builder.build(reporter);
  if (result === null) {
    reporter.say(`Found ${count(reporter.errors, "error")}. Nothing was written.`);
    return 1;
  }
  if (options.check) {
    const { checkTypes } = await import("./check.js");
    reporter.report(checkTypes(result.modules), result.sources);
  }
  const warnings = reporter.warnings === 0 ? "" : `, with ${count(reporter.warnings, "warning")}`;
  reporter.say(`Wrote ${count(result.modules.length, "module")} to ${options.out}${warnings}.`);
  return reporter.errors === 0 ? 0 : 1;
}
