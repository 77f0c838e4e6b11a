/**
 * The types of parameters and results as a signature shows them. TypeScript wants the methods of a
 * family of classes to have compatible signatures, Python does not: those that share a name share
 * their types, or have none. Called by the lowerings that declare parameters and results.
 */
import type { AnyNode, Arg, ClassDef, Expr } from "../parser/ast.js";
import type { DefNode } from "./analysis.js";
import { methodDecorator } from "./decorators.js";
import type { ProgramFacts } from "./program-facts.js";
import { runtimeMethod } from "./tables/runtime-modules.js";
import { join, joinAll, NOTHING, type Type } from "./types/type.js";
import { children } from "./walk.js";

/** A method with the class that it stands in, or a function. */
export interface ShownDef {
  readonly node: DefNode;
  readonly owner: ClassDef | null;
  readonly module: string;
}

export function shownParameter(def: ShownDef, arg: Arg, facts: ProgramFacts): Type {
  const family = methodFamily(def, facts);
  if (family === null) return null;
  const { args, kwonlyargs } = def.node.args;
  const place = args.indexOf(arg);
  const own = facts.shown.variable(arg, def.module);
  const all = joinAll(
    family.map(({ node, module }) => {
      const same =
        place >= 0 ? node.args.args[place] : node.args.kwonlyargs[kwonlyargs.indexOf(arg)];
      return same === undefined ? null : facts.shown.variable(same, module);
    }),
  );
  // What the others are given never comes here, and the body goes by its own.
  const isOwn = all !== null && own !== null && [...all].every((atom) => own.has(atom));
  return isOwn ? all : null;
}

/** Of coroutines what awaiting them gives. */
export function shownResult(def: ShownDef, facts: ProgramFacts): Type {
  const family = methodFamily(def, facts);
  return family === null ? null : joinAll(family.map(({ node }) => facts.shown.result(node)));
}

/** What a generator yields. */
export function shownYields({ node, module }: ShownDef, facts: ProgramFacts): Type {
  const view = facts.views.get(module);
  let yields: Type = NOTHING;
  const look = (at: AnyNode): void => {
    if (at.kind === "Yield") {
      yields =
        at.value === null || view === undefined
          ? null
          : join(yields, facts.shown.expression(at.value, view.ast));
    } else if (at.kind === "YieldFrom" || at.kind === "Await") {
      yields = null;
    }
    if (isScope(at)) return;
    for (const child of children(at)) if (child !== null) look(child);
  };
  for (const statement of node.body) look(statement);
  return yields;
}

const isScope = (node: AnyNode): boolean =>
  node.kind === "FunctionDef" ||
  node.kind === "AsyncFunctionDef" ||
  node.kind === "Lambda" ||
  node.kind === "ClassDef";

/** Whether a method of the same family takes another number of arguments. */
export function hasOtherShape(def: ShownDef, facts: ProgramFacts): boolean {
  return relatives(def, facts).some(({ node }) => shape(node) !== shape(def.node));
}

/** Whether other classes of the family have a method of that name. */
export const hasRelatives = (def: ShownDef, facts: ProgramFacts): boolean =>
  relatives(def, facts).length > 1;

const shape = ({ args }: DefNode): string =>
  [
    args.args.length,
    args.defaults.length,
    args.kwonlyargs.length,
    args.vararg !== null,
    args.kwarg !== null,
  ].join();

/** The methods that share their types; null where they can have none. */
function methodFamily(def: ShownDef, facts: ProgramFacts): readonly ShownDef[] | null {
  if (def.owner === null) return [def];
  if (isRuntimeMethod(def.owner, def.node.name, facts)) return null;
  const family = relatives(def, facts);
  if (family.length === 1) return family;
  const flavour = facts.flavours.get(def.node);
  const alike = family.every(
    ({ node }) => facts.flavours.get(node) === flavour && shape(node) === shape(def.node),
  );
  return alike && !facts.plainStores.has(def.node.name) ? family : null;
}

function relatives({ node, owner, module }: ShownDef, facts: ProgramFacts): readonly ShownDef[] {
  const own = { node, owner, module };
  if (owner === null) return [own];
  const { hierarchy } = facts;
  const related = new Set(hierarchy.family(owner));
  const others = (facts.methods.get(node.name) ?? []).filter(
    (def) =>
      def.node !== node &&
      def.class !== null &&
      def.class !== owner &&
      related.has(def.class) &&
      !isSetter(def.node),
  );
  return [
    own,
    ...others.map((def) => ({
      node: def.node,
      owner: def.class,
      module: hierarchy.classes.get(def.class as ClassDef)?.module ?? module,
    })),
  ];
}

function isSetter(node: DefNode): boolean {
  const [decorator] = node.decorator_list;
  const kind = decorator && methodDecorator(decorator as Expr, () => true)?.kind;
  return kind === "setter" || kind === "deleter";
}

/** A base of the runtime has it too, with types of its own. */
function isRuntimeMethod(owner: ClassDef, name: string, { hierarchy }: ProgramFacts): boolean {
  return hierarchy
    .chain(owner)
    .some((one) =>
      hierarchy.classes
        .get(one)
        ?.bases.some(
          (base) =>
            base.kind === "unknown" ||
            base.kind === "builtin-type" ||
            (base.kind === "runtime-class" &&
              (base.module === null
                ? name.startsWith("__") && name !== "__init__"
                : runtimeMethod(base.module, base.name, name) !== null)),
        ),
    );
}
