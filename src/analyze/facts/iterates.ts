/**
 * Whether a node takes items from something that may be a generator or an iterator of the program: a loop,
 * a comprehension, `next(it)`, `list(it)`, `it.send(x)`. Used by colour.ts, and by the lowering for where
 * it waits.
 */
import type { AnyNode, Expr } from "../../parser/ast.js";
import { type ModuleView, meaning } from "../module-view.js";
import type { ColourInput } from "./colour.js";
import { isOfBuiltinType } from "./executed-units.js";

/** What iterating calls on an object of the program. */
export const ITERATOR_METHODS = ["__iter__", "__next__"];

/** What resumes a generator. */
export const GENERATOR_METHODS: ReadonlySet<string> = new Set(["send", "throw", "__next__"]);

/** Builtins that take all items of their argument before they return. */
export const CONSUMERS: ReadonlySet<string> = new Set(
  "list tuple set frozenset sum sorted min max dict bytes bytearray".split(" "),
);

const MADE_OF_ITEMS: ReadonlySet<AnyNode["kind"]> = new Set([
  "List",
  "Tuple",
  "Dict",
  "Set",
  "Constant",
  "JoinedStr",
  "ListComp",
  "SetComp",
  "DictComp",
]);

export function iterates(node: AnyNode, view: ModuleView, input: ColourInput): boolean {
  return iterated(node, view, input).some((expr) => !isPlainIterable(expr, view, input));
}

/** What the node takes items from. */
function iterated(node: AnyNode, view: ModuleView, input: ColourInput): readonly Expr[] {
  switch (node.kind) {
    case "For":
      return [node.iter];
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return node.generators.map(({ iter }) => iter);
    case "Call": {
      const [first] = node.args;
      const { func } = node;
      if (func.kind === "Attribute") {
        return GENERATOR_METHODS.has(func.attr) ? [func.value] : [];
      }
      const known = meaning(func, view, input);
      const takes =
        known?.kind === "builtin" && (known.name === "next" || CONSUMERS.has(known.name));
      const isOnly = node.args.length === 1 || (known?.kind === "builtin" && known.name === "next");
      return takes && first !== undefined && isOnly ? [first] : [];
    }
    default:
      return [];
  }
}

/** Surely no generator or iterator of the program. */
export function isPlainIterable(expr: Expr, view: ModuleView, input: ColourInput): boolean {
  if (MADE_OF_ITEMS.has(expr.kind) || isOfBuiltinType(expr, view, input)) return true;
  if (expr.kind !== "Call") return false;
  const known = meaning(expr.func, view, input);
  return known?.kind === "builtin" && (known.name === "range" || CONSUMERS.has(known.name));
}
