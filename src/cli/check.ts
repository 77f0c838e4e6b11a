/**
 * `build --check`: type-checks the emitted modules in memory and reports what TypeScript says at the
 * lines of the Python files. ts-morph is heavy, so this file is loaded only when it is asked for.
 */
import { join } from "node:path";
import { Project, type Diagnostic as TypeScriptDiagnostic, ts } from "ts-morph";
import { diagnostic } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../parser/ast.js";
import type { ProgramModule } from "../program.js";
import {
  originalPosition,
  registerSourceMap,
  unregisterSourceMap,
} from "../runtime/core/exception/source-map.js";
import { packageRoot } from "./package.js";

/** A folder that need not exist: the modules are checked in memory. */
const FOLDER = "/mpy2ts-check";

export function checkTypes(modules: readonly ProgramModule[]): Diagnostic[] {
  const types = join(packageRoot(), "dist");
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: [],
      paths: {
        "mpy2ts/runtime": [join(types, "runtime/index.d.ts")],
        "mpy2ts/modules/*": [join(types, "runtime/modules/*.d.ts")],
      },
    },
  });
  const byFile = new Map<string, ProgramModule>();
  for (const module of modules) {
    const file = `${FOLDER}/${module.output}.ts`;
    byFile.set(file, module);
    project.createSourceFile(file, module.ts.code);
  }
  return project.getPreEmitDiagnostics().map((found) => toDiagnostic(found, byFile));
}

function toDiagnostic(
  found: TypeScriptDiagnostic,
  byFile: ReadonlyMap<string, ProgramModule>,
): Diagnostic {
  const message = found.getMessageText();
  const text = typeof message === "string" ? message : message.getMessageText();
  const file = found.getSourceFile();
  const module = file && byFile.get(file.getFilePath());
  const args = { code: `TS${found.getCode()}`, text };
  if (!module) return diagnostic("MPY3008", args, file?.getFilePath() ?? FOLDER, null);
  const { line, column } = file.getLineAndColumnAtPos(found.getStart() ?? 0);
  return diagnostic("MPY3008", args, module.source.path, originalSpan(module, line, column));
}

/** The Python line that a 1-based place in the emitted module comes from. */
function originalSpan(
  { output, ts: emitted, source }: ProgramModule,
  line: number,
  column: number,
): Span | null {
  const url = `check:${output}`;
  registerSourceMap(url, emitted.map);
  try {
    // What has no origin of its own belongs to the code before it.
    for (let at = line; at > 0; at--) {
      const found = originalPosition(url, at, at === line ? column : Number.POSITIVE_INFINITY);
      if (!found) continue;
      const start = source.lineStart(found.line);
      return { start, end: start + source.line(found.line).length };
    }
    return null;
  } finally {
    unregisterSourceMap(url);
  }
}
