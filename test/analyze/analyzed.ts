/** Analyses programs given as text; shared by the tests of `analyze/`. */
import type {
  Analysis,
  Binding,
  CallInfo,
  FunctionInfo,
  NameUse,
} from "../../src/analyze/analysis.js";
import { analyze } from "../../src/analyze/analyze.js";
import type { FactsModule } from "../../src/analyze/program-facts.js";
import { programFacts } from "../../src/analyze/program-facts.js";
import { SourceFile } from "../../src/diagnostics/source-file.js";
import type { Call, ClassDef, Name } from "../../src/parser/ast.js";
import { parse } from "../../src/parser/parse.js";

const RUNTIME = new Set("asyncio gc io machine math micropython select socket sys time".split(" "));

export class Program {
  readonly analyses = new Map<string, Analysis>();

  constructor(private readonly texts: Readonly<Record<string, string>>) {
    const modules: FactsModule[] = Object.entries(texts).map(([name, text]) => {
      const { module, diagnostics } = parse(new SourceFile(`${name}.py`, text));
      expect(diagnostics.filter((one) => one.severity === "error")).toEqual([]);
      return { name, isPackage: false, ast: module };
    });
    const resolve = (_importer: FactsModule, name: string) => {
      const plain = name.replace(/^u(?=asyncio|time)/, "");
      return {
        kind: name in texts ? "project" : RUNTIME.has(plain) ? "runtime" : "unknown",
        module: plain,
      } as const;
    };
    const facts = programFacts(modules, resolve);
    for (const module of modules) {
      this.analyses.set(
        module.name,
        analyze(module.ast, {
          module: module.name,
          file: `${module.name}.py`,
          isPackage: false,
          resolveImport: (name, _level) => resolve(module, name ?? ""),
          facts,
        }),
      );
    }
  }

  analysis(module = "main"): Analysis {
    return this.analyses.get(module) as Analysis;
  }

  private quote(node: { span: { start: number; end: number } }, module: string): string {
    return (this.texts[module] as string).slice(node.span.start, node.span.end);
  }

  /** "x", or "f.x" and "C.m.x" for names of inner scopes. */
  binding(path: string, module = "main"): Binding {
    const names = path.split(".");
    const last = names.pop() as string;
    let scope = this.analysis(module).moduleScope;
    for (const name of names) {
      const child = scope.children.find(({ node }) =>
        "name" in node ? node.name === name : node.kind === name,
      );
      if (child === undefined) throw new Error(`no scope ${name}`);
      scope = child;
    }
    const binding = scope.bindings.get(last);
    if (binding === undefined) throw new Error(`no name ${path}`);
    return binding;
  }

  function(name: string, module = "main"): FunctionInfo {
    const found = [...this.analysis(module).functions.values()].find((info) => info.name === name);
    if (found === undefined) throw new Error(`no function ${name}`);
    return found;
  }

  class(name: string, module = "main") {
    const entry = [...this.analysis(module).classes].find(
      ([node]: [ClassDef, unknown]) => node.name === name,
    );
    if (entry === undefined) throw new Error(`no class ${name}`);
    return entry[1];
  }

  /** The call whose text starts so. */
  call(text: string, module = "main"): CallInfo {
    const entry = [...this.analysis(module).calls].find(([node]: [Call, unknown]) =>
      this.quote(node, module).startsWith(text),
    );
    if (entry === undefined) throw new Error(`no call ${text}`);
    return entry[1];
  }

  attribute(text: string, module = "main", n = 0) {
    const entries = [...this.analysis(module).attributes].filter(
      ([node]) => this.quote(node, module) === text,
    );
    const entry = entries[n];
    if (entry === undefined) throw new Error(`no attribute ${text}`);
    return entry[1];
  }

  /** The n-th use of a name, in source order. */
  use(name: string, n = 0, module = "main"): NameUse {
    const uses = [...this.analysis(module).nameUses]
      .filter(([node]: [Name, unknown]) => node.id === name)
      .sort(([a], [b]) => a.span.start - b.span.start);
    const entry = uses[n];
    if (entry === undefined) throw new Error(`no use ${n} of ${name}`);
    return entry[1];
  }

  flavour(name: string): string {
    return this.function(name).flavour;
  }
}

export function analyzed(text: string, others: Readonly<Record<string, string>> = {}): Program {
  return new Program({ main: text, ...others });
}
