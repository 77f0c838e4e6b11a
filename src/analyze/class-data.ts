/**
 * Class attributes that hold plain data: reading them through an instance binds nothing, so it is
 * the same in JavaScript. Called by `program-facts.ts` for each class.
 */
import type { ClassDef, Expr } from "../parser/ast.js";
import { foldConstant } from "./constants.js";
import { type Modules, type ModuleView, meaning } from "./module-view.js";

/** Builtins whose result is no function, property or the like. */
const DATA_BUILTINS: ReadonlySet<string> = new Set(
  "abs bool bytearray bytes chr complex dict float frozenset hex int len list ord range round set str tuple".split(
    " ",
  ),
);

/** Names that the class body sets once, unconditionally, to plain data. */
export function classData(node: ClassDef, view: ModuleView, modules: Modules): ReadonlySet<string> {
  const names = new Set<string>();
  const scope = view.table.scopes.get(node);
  for (const statement of node.body) {
    const value = "value" in statement ? statement.value : null;
    const targets =
      statement.kind === "Assign"
        ? statement.targets
        : statement.kind === "AnnAssign"
          ? [statement.target]
          : [];
    if (value === null || !isPlainData(value, view, modules)) {
      continue;
    }
    for (const target of targets) {
      const binding = target.kind === "Name" ? scope?.bindings.get(target.id) : undefined;
      if (binding !== undefined && !binding.rebound) {
        names.add(binding.name);
      }
    }
  }
  return names;
}

function isPlainData(node: Expr, view: ModuleView, modules: Modules): boolean {
  switch (node.kind) {
    case "Constant":
    case "JoinedStr":
    case "List":
    case "Tuple":
    case "Dict":
    case "Set":
    case "ListComp":
    case "DictComp":
    case "SetComp":
    case "BinOp":
    case "UnaryOp":
    case "Compare":
      return true;
    case "Name":
      return view.table.bindingOf.get(node)?.constant?.value != null;
    case "Call": {
      const [argument] = node.args;
      const callee = meaning(node.func, view, modules);
      const isConst =
        (callee === null || callee.kind === "runtime") &&
        ((node.func.kind === "Name" && node.func.id === "const") ||
          (node.func.kind === "Attribute" && node.func.attr === "const"));
      return (
        callee?.kind === "class" ||
        (callee?.kind === "builtin" && DATA_BUILTINS.has(callee.name)) ||
        (isConst && argument !== undefined && foldConstant(argument) !== null)
      );
    }
    default:
      return false;
  }
}
