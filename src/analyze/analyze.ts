/**
 * AST -> side tables, for one module of a program whose facts are known. Pure. Called by
 * `compile.ts` and by the commands that print a phase.
 */
import type { Module, Name } from "../parser/ast.js";
import type { Analysis, NameUse, ProgramContext } from "./analysis.js";
import { attributeInfos } from "./attributes.js";
import { callInfos } from "./calls.js";
import { classInfos, isLiftable } from "./classes.js";
import { analyzeFlow, type Flow } from "./flow.js";
import { functionInfos } from "./functions.js";
import { lateDefinitions, statementsThatCall } from "./module-order.js";
import { isBuiltin, type ModuleView, viewModule } from "./module-view.js";
import { narrowedReads } from "./narrowed.js";
import type { ProgramFacts } from "./program-facts.js";
import { MODULE_NAMES } from "./tables/builtins.js";

export function analyze(module: Module, context: ProgramContext): Analysis {
  const { facts } = context;
  const rebinds = facts.scans.get(context.module)?.rebindsGlobals === true;
  const own = viewModule(
    context.module,
    module,
    context.resolveImport,
    facts.surroundings(context.module),
    facts.mayDefine,
  );
  const flow = analyzeFlow(module, own.table, {
    withMaySuppress: facts.withMaySuppress,
    mayCallModule: statementsThatCall(own, facts),
    isHoisted: ({ scope, constantFunction, constantClass, declareAt }) =>
      scope.kind === "module"
        ? constantFunction !== null ||
          (constantClass !== null && isLiftable(constantClass, own, facts))
        : constantFunction !== null && declareAt === "places",
    deletedElsewhere: (name) =>
      rebinds ||
      facts.writesModuleDicts ||
      (facts.moduleStores.has(name) && facts.deletedAttributes.has(name)),
  });
  const { table } = own;
  const nameUses = resolveNames(own, facts, flow);
  for (const name of flow.unbound) {
    const binding = table.bindingOf.get(name);
    if (binding !== undefined) {
      binding.mayBeUnbound = true;
    }
  }
  const functions = functionInfos(own, facts);
  const classes = classInfos(own, facts, functions);
  const calls = { view: own, facts, functions, classes };
  return {
    module,
    context,
    moduleScope: table.root,
    scopes: table.scopes,
    nameUses,
    bindingOf: table.bindingOf as Analysis["bindingOf"],
    functions,
    classes,
    calls: callInfos(calls),
    attributes: attributeInfos(calls),
    imports: own.imports,
    completes: flow.completes,
    narrowed: narrowedReads(
      module,
      functions.keys(),
      flow.completes,
      (target) => table.bindingOf.get(target)?.rebound === false,
    ),
    late: lateDefinitions(own, facts),
    bodyBlocks: facts.blockingModules.has(context.module),
    exports: [...table.root.bindings.values()],
    diagnostics: [],
  };
}

function resolveNames(
  view: ModuleView,
  facts: ProgramFacts,
  flow: Flow,
): ReadonlyMap<Name, NameUse> {
  const uses = new Map<Name, NameUse>();
  const { table } = view;
  for (const { node, name, scope } of table.occurrences) {
    if (node.kind !== "Name") {
      continue;
    }
    const binding = table.bindingOf.get(node) ?? null;
    if (binding === null) {
      const resolved =
        !scope.isAssembly && !MODULE_NAMES.has(name) && isBuiltin(name, view, facts)
          ? "builtin"
          : "unknown";
      uses.set(node, { binding, resolved, mayBeUnbound: resolved === "unknown" });
      continue;
    }
    const resolved =
      binding.kind === "global"
        ? "global"
        : binding.kind === "class"
          ? "class"
          : binding.scope === scope
            ? "local"
            : "cell";
    uses.set(node, { binding, resolved, mayBeUnbound: flow.unbound.has(node) });
  }
  return uses;
}
