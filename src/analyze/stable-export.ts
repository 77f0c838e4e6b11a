/**
 * Which globals of a project module another one may import as ES bindings: those that keep the
 * value Python's import would have copied. Called by `compile.ts` for the lowering of imports.
 */
import type { Binding } from "./analysis.js";
import { isPrivateConstant } from "./private-constant.js";
import type { ProgramFacts } from "./program-facts.js";

/**
 * Whether `name` of `module` is bound once, unconditionally, before anybody can import it from
 * `importer`, and never again.
 */
export function stableExport(
  facts: ProgramFacts,
  importer: string,
  module: string,
  name: string,
): boolean {
  const binding = facts.views.get(module)?.table.root.bindings.get(name);
  if (binding === undefined || isPrivateConstant(binding)) return false;
  if (facts.moduleStores.has(name) || facts.replacesModules) return false;
  if (!facts.closedWorld || facts.importsReach(module, importer)) return false;
  return (
    binding.constantFunction !== null ||
    binding.constantClass !== null ||
    isSetOnce(binding, facts, module)
  );
}

/** Its one store is an assignment that stands alone in the module's body. */
function isSetOnce(binding: Binding, facts: ProgramFacts, module: string): boolean {
  if (binding.rebound || binding.imported !== null || binding.deletes.length > 0) return false;
  const body = facts.views.get(module)?.ast.body ?? [];
  return body.some(
    (statement) =>
      (statement.kind === "Assign" &&
        statement.targets.some((target) => binding.stores.includes(target as never))) ||
      (statement.kind === "AnnAssign" &&
        statement.value !== null &&
        binding.stores.includes(statement.target as never)),
  );
}
