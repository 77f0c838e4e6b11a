/**
 * Whether something that blocks is used as a value, so that a call of anything may block. Called by
 * `colour.ts`.
 */
import type { AnyNode, FunctionNode } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { type ModuleView, meaning } from "../module-view.js";
import { builtin } from "../tables/builtins.js";
import { runtimeKind } from "../tables/runtime-modules.js";
import { walk } from "../walk.js";
import type { ColourInput } from "./colour.js";

/** Some name of a coloured function stands other than as a callee. */
export function nameEscapes(view: ModuleView, functions: ReadonlySet<FunctionNode>): boolean {
  const names = new Set([...functions].map((node) => (node.kind === "Lambda" ? "" : node.name)));
  const aliases = new Set<string>();
  for (const { alias, name } of view.imports) {
    if (name !== null && names.has(name)) {
      aliases.add(alias.asname ?? name);
    }
  }
  let escapes = false;
  const visit = (node: AnyNode, parent: AnyNode | null): void => {
    if (
      node.kind === "Name" &&
      (names.has(node.id) || aliases.has(node.id)) &&
      !(parent?.kind === "Call" && parent.func === node)
    ) {
      const binding = view.table.bindingOf.get(node);
      const isLoad = binding?.loads.includes(node) === true;
      // A parameter, local or module of that name is another thing, unless it is the nested def itself.
      const isDef = binding?.stores.some((store) => functions.has(store as DefNode)) === true;
      const isImported = binding?.imported != null && binding.imported.name !== null;
      escapes ||= isLoad && (isDef || isImported);
    }
  };
  walk(view.ast, visit);
  return escapes;
}

/** A function of the runtime that blocks, or a method of that name, stands other than as a callee. */
export function runtimeEscapes(view: ModuleView, input: ColourInput): boolean {
  const methods = input.blocking.methods(view.name);
  let escapes = false;
  walk(view.ast, (node: AnyNode, parent: AnyNode | null) => {
    if (node.kind !== "Name" && node.kind !== "Attribute") return;
    if (parent?.kind === "Call" && parent.func === node) return;
    const known = meaning(node, view, input);
    if (known === null) {
      const isStored = parent?.kind === "Assign" && parent.targets.includes(node);
      escapes ||= node.kind === "Attribute" && !isStored && methods.has(node.attr);
    } else if (known.kind === "builtin") {
      escapes ||= builtin(known.name)?.blocking === true;
    } else if (known.kind === "runtime") {
      escapes ||= runtimeKind(known.module, known.name) === "blocking";
    }
  });
  return escapes;
}
