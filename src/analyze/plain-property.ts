/**
 * Which properties are ES accessors in every class that has them, so that a plain read calls the
 * getter. Asked by `attributes.ts`.
 */
import type { ClassDef, Expr } from "../parser/ast.js";
import type { StoreNode } from "./analysis.js";
import { methodDecorator } from "./decorators.js";
import type { ProgramFacts } from "./program-facts.js";

export function isPlainProperty(node: ClassDef, name: string, facts: ProgramFacts): boolean {
  const { hierarchy } = facts;
  if (
    !facts.closedWorld ||
    facts.dynamicStores ||
    facts.deletedAttributes.has(name) ||
    facts.classStores.has(name) ||
    facts.dunders.has("__getattr__") ||
    hierarchy.hasUnknownBase(node)
  ) {
    return false;
  }
  return [node, ...hierarchy.subclasses(node)].every((one) => {
    const levels = hierarchy.chain(one).filter((level) => facts.bodyNames.get(level)?.has(name));
    return levels.length > 0 && levels.every((level) => isAccessor(level, name, facts));
  });
}

/** The class body binds the name to a plain getter, and at most a setter of it. */
function isAccessor(level: ClassDef, name: string, facts: ProgramFacts): boolean {
  const { module } = facts.hierarchy.classes.get(level) ?? {};
  const table = module === undefined ? undefined : facts.views.get(module)?.table;
  const [getter, setter, ...more] = table?.scopes.get(level)?.bindings.get(name)?.stores ?? [];
  return (
    isDef(getter, "property", 1, facts) &&
    (setter === undefined || isDef(setter, "setter", 2, facts)) &&
    more.length === 0
  );
}

function isDef(
  store: StoreNode | undefined,
  decorator: "property" | "setter",
  parameters: number,
  { flavours, colours }: ProgramFacts,
): boolean {
  if (store?.kind !== "FunctionDef") return false;
  const { args, decorator_list: decorators } = store;
  const [only] = decorators;
  return (
    decorators.length === 1 &&
    methodDecorator(only as Expr, () => true)?.kind === decorator &&
    args.args.length === parameters &&
    args.defaults.length + args.kwonlyargs.length === 0 &&
    args.vararg === null &&
    args.kwarg === null &&
    flavours.get(store) === "plain" &&
    !colours.functions.has(store)
  );
}
