/**
 * Decides which globals are constants of the ES module: `export const LIMIT = 3` where the module
 * would set a variable that nothing can see unset or change. Called by `module.ts`.
 */
import type { Binding } from "../analyze/analysis.js";
import type { Expr, Stmt } from "../parser/ast.js";
import { constArgument } from "./const-call.js";
import type { Frame } from "./frame.js";

/** The binding of `NAME = constant`, if it can be set when the ES module is loaded. */
export function hoistedConstant(node: Stmt, frame: Frame): Binding | null {
  const [target, value] =
    node.kind === "Assign" && node.targets.length === 1
      ? [node.targets[0], node.value]
      : node.kind === "AnnAssign"
        ? [node.target, node.value]
        : [];
  if (target?.kind !== "Name" || !value || !isConstantModule(frame)) return null;
  const binding = frame.module.analysis.nameUses.get(target)?.binding;
  const isFixed =
    binding?.kind === "global" &&
    binding.stores.length === 1 &&
    !binding.rebound &&
    !binding.mayBeUnbound &&
    binding.deletes.length === 0;
  return isFixed && isConstant(value, frame) ? binding : null;
}

/** Nobody can look at the module while its body runs, nor set its names. */
function isConstantModule({ module }: Frame): boolean {
  const { analysis, facts: isAllowed, name, snippet } = module;
  const { facts } = analysis.context;
  if (!isAllowed || !facts.closedWorld || snippet !== null) return false;
  if (facts.loadedAttributes.has("__dict__")) return false;
  if (analysis.moduleScope.usesDynamicNames || facts.openModules.has(name)) return false;
  const isInCycle = [...facts.views.keys()].some(
    (other) => other !== name && facts.importsReach(name, other) && facts.importsReach(other, name),
  );
  return !isInCycle && facts.scans.get(name)?.rebindsGlobals !== true;
}

/** Immutable, and made without running any code that could fail or be seen. */
function isConstant(node: Expr, frame: Frame): boolean {
  switch (node.kind) {
    case "Constant":
      return true;
    case "UnaryOp":
      return node.op === "USub" && node.operand.kind === "Constant";
    case "Tuple":
      return node.elts.every((element) => isConstant(element, frame));
    case "Call": {
      const argument = constArgument(node, frame);
      return argument !== null && isConstant(argument, frame);
    }
    default:
      return false;
  }
}
