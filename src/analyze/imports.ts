/**
 * What the imports of a module bind, aliases resolved. Sets `imported` of the bindings and returns
 * one row for each imported name. Called by `module-view.ts`.
 */
import type { Alias, Import, ImportFrom, Module } from "../parser/ast.js";
import type { ImportedName, ImportInfo, ImportTarget } from "./analysis.js";
import type { BindingRecord } from "./records.js";
import type { ScopeTable } from "./scopes.js";
import { walk } from "./walk.js";

export type ResolveImport = (name: string | null, level: number) => ImportTarget;
/** Whether a module of the program binds that global itself. */
export type DefinesGlobal = (module: string, name: string) => boolean;

export function linkImports(
  module: Module,
  table: ScopeTable,
  resolveImport: ResolveImport,
  defines: DefinesGlobal,
): readonly ImportInfo[] {
  const rows: ImportInfo[] = [];
  const named = new Map<Alias, ImportedName>();
  const topLevel = new Set<unknown>(module.body);
  walk(module, (node) => {
    if (node.kind === "Import" || node.kind === "ImportFrom") {
      for (const alias of node.names) {
        const { imported, row } = importOf(node, alias, resolveImport, defines);
        if (imported !== null) {
          named.set(alias, imported);
        }
        const binding = table.bindingOf.get(alias) ?? null;
        rows.push({ ...row, binding, unconditional: topLevel.has(node) });
      }
    }
  });
  for (const scope of table.scopes.values()) {
    for (const binding of scope.bindings.values()) {
      if (binding.star === null) {
        binding.imported = importedBy(binding, named);
      }
    }
  }
  return rows;
}

type Row = Omit<ImportInfo, "binding" | "unconditional">;

function importOf(
  node: Import | ImportFrom,
  alias: Alias,
  resolveImport: ResolveImport,
  defines: DefinesGlobal,
): { readonly imported: ImportedName | null; readonly row: Row } {
  if (node.kind === "Import") {
    const target = resolveImport(alias.name, 0);
    const bound = alias.asname === null ? (alias.name.split(".")[0] as string) : alias.name;
    const imported = { target: resolveImport(bound, 0), name: null };
    return { imported, row: { node, alias, written: alias.name, target, name: null } };
  }
  const target = resolveImport(node.module, node.level);
  const written = ".".repeat(node.level) + (node.module ?? "");
  const row: Row = { node, alias, written, target, name: alias.name };
  if (alias.name === "*") {
    return { imported: null, row };
  }
  // `from package import x`: a name of the package, or else a submodule that the import loads.
  const submodule = resolveImport(
    node.module === null ? alias.name : `${node.module}.${alias.name}`,
    node.level,
  );
  const isSubmodule =
    submodule.kind !== "unknown" &&
    submodule.module !== target.module &&
    !(target.kind === "project" && defines(target.module, alias.name));
  return {
    imported: isSubmodule ? { target: submodule, name: null } : { target, name: alias.name },
    row,
  };
}

function importedBy(
  binding: BindingRecord,
  named: ReadonlyMap<Alias, ImportedName>,
): ImportedName | null {
  let result: ImportedName | null = null;
  for (const store of binding.stores) {
    const imported = store.kind === "alias" ? named.get(store) : undefined;
    if (imported === undefined || (result !== null && !sameImport(result, imported))) {
      return null;
    }
    result = imported;
  }
  return result;
}

function sameImport(a: ImportedName, b: ImportedName): boolean {
  return (
    a.name === b.name && a.target.kind === b.target.kind && a.target.module === b.target.module
  );
}
