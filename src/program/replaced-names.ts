/**
 * The names under which a module puts objects of its own into `sys.modules`. What a later import of
 * such a name gives is known only while the program runs. Called by `graph.ts`.
 */
import { walk } from "../analyze/walk.js";
import type { AnyNode, Module } from "../parser/ast.js";

export interface ReplacedNames {
  readonly names: ReadonlySet<string>;
  /** Any name: it is computed. */
  readonly isOpen: boolean;
}

/**
 * ```py
 * sys.modules["uhashlib"] = fake
 * ```
 */
export function replacedNames(module: Module): ReplacedNames {
  const names = new Set<string>();
  let isOpen = false;
  walk(module, (node) => {
    for (const target of node.kind === "Assign" ? node.targets : []) {
      if (target.kind !== "Subscript" || !isTable(target.value)) continue;
      const { slice } = target;
      if (slice.kind === "Constant" && slice.value.type === "str") names.add(slice.value.value);
      else isOpen = true;
    }
  });
  return { names, isOpen };
}

const isTable = (node: AnyNode): boolean => node.kind === "Attribute" && node.attr === "modules";
