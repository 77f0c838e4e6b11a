/**
 * The modules that a module may load: every `import` in it, wherever it stands, and `__import__`
 * of a literal. Called by the module graph; what an import *binds* is analysis' business.
 */
import { walk } from "../analyze/walk.js";
import type { AnyNode, Call, Module, Span } from "../parser/ast.js";

export interface WrittenImport {
  /** Dotted name as written; empty in `from . import x`. */
  readonly name: string;
  readonly level: number;
  /** The names of `from ... import`, each of which may be a submodule. */
  readonly names: readonly string[];
  readonly span: Span;
  /** A statement of the module itself, outside of any `if`, `try` or `def`: it will be executed. */
  readonly isCertain: boolean;
  /** `__import__("name")`: looks a module of the runtime up by name, which nothing has loaded. */
  readonly isCall: boolean;
}

export interface ModuleImports {
  readonly imports: readonly WrittenImport[];
  /** Names of modules are computed at run time: any file of the project may be meant. */
  readonly isDynamic: boolean;
}

/** `module.__import__ = f`, `setattr(module, "__import__", f)` */
function replacesImport(node: AnyNode): boolean {
  if (node.kind === "Assign") {
    return node.targets.some(
      (target) => target.kind === "Attribute" && target.attr === "__import__",
    );
  }
  const name = node.kind === "Call" && isSetattr(node) ? node.args[1] : undefined;
  return (
    name?.kind === "Constant" && name.value.type === "str" && name.value.value === "__import__"
  );
}

function isSetattr({ func }: Call): boolean {
  return func.kind === "Name" && func.id === "setattr";
}

/** Builtins that run code or imports made at run time. */
const DYNAMIC = new Set(["__import__", "exec", "eval", "execfile"]);

export function moduleImports(module: Module): ModuleImports {
  const imports: WrittenImport[] = [];
  const certain = new Set<AnyNode>(module.body);
  let isDynamic = false;
  walk(module, (node) => {
    const { span } = node;
    const isCertain = certain.has(node);
    if (node.kind === "Import") {
      for (const { name, span } of node.names)
        imports.push({ name, level: 0, names: [], span, isCertain, isCall: false });
    } else if (node.kind === "ImportFrom") {
      const names = node.names.map((alias) => alias.name).filter((name) => name !== "*");
      const { module, level } = node;
      imports.push({ name: module ?? "", level, names, span, isCertain, isCall: false });
    } else if (replacesImport(node)) {
      isDynamic = true;
    } else if (node.kind === "Call" && node.func.kind === "Name" && DYNAMIC.has(node.func.id)) {
      const literal = importedLiteral(node);
      if (literal === null) isDynamic = true;
      else imports.push({ name: literal, level: 0, names: [], span, isCertain, isCall: true });
    }
  });
  return { imports, isDynamic };
}

/** The module that `__import__("name")` loads. */
function importedLiteral(call: Call): string | null {
  const [first] = call.args;
  const isImport = call.func.kind === "Name" && call.func.id === "__import__";
  return isImport && first?.kind === "Constant" && first.value.type === "str"
    ? first.value.value
    : null;
}
