/**
 * Which functions may be called with arguments that no call in the program shows: then nothing is
 * known of their parameters. Used by `infer.ts`.
 */
import type { ClassDef } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { isTransparentDecorator, methodDecorator } from "../decorators.js";
import type { Escapes } from "../facts/escapes.js";
import type { ScannedDef } from "../facts/scan.js";
import type { Hierarchy } from "../hierarchy.js";
import type { ModuleView } from "../module-view.js";
import { PROTOCOLS } from "../tables/protocol-methods.js";

export interface Openness {
  readonly escapes: Escapes;
  readonly hierarchy: Hierarchy;
  readonly dynamicLoads: boolean;
  /** What boot.py and main.py look up in each other. */
  readonly sharedNames: ReadonlySet<string>;
  /** TypeScript around the program may call what its modules export. */
  readonly hasOtherCallers: boolean;
}

export function isOpen({ node, class: owner }: ScannedDef, facts: Openness): boolean {
  const { escapes, dynamicLoads } = facts;
  const { openAttributes, openFunctions } = escapes;
  const isPlain = node.decorator_list.every(
    (decorator) => isTransparentDecorator(decorator) || isQuiet(decorator),
  );
  if (!isPlain || dynamicLoads) {
    return true;
  }
  if (owner === null) {
    return openFunctions.has(node) || openAttributes.has(node.name);
  }
  return node.name === "__init__"
    ? isOpenClass(owner, facts)
    : openAttributes.has(node.name) || isCalledByRuntime(node, owner, facts);
}

/**
 * Whether TypeScript around the program may call it: a function of the module or a method of one of its
 * classes, unless a leading underscore says that it is private.
 */
export function isPublic({ node, class: owner }: ScannedDef, { ast }: ModuleView): boolean {
  const names = owner === null ? [node.name] : [owner.name, node.name];
  const place = owner ?? node;
  return ast.body.includes(place) && names.every((name) => !name.startsWith("_") || isDunder(name));
}

const isDunder = (name: string): boolean => name.startsWith("__") && name.endsWith("__");

/** Instances of the class, or of a subclass, may be made by calls that do not name it. */
function isOpenClass(node: ClassDef, { escapes, hierarchy }: Openness): boolean {
  const { escapedClasses } = escapes;
  return (
    escapedClasses === null ||
    hierarchy.hasUnknownBase(node) ||
    [node, ...hierarchy.subclasses(node)].some((one) => escapedClasses.has(one))
  );
}

/** Operators, protocols (`write`, `readline`, `send`...), and what a runtime class calls on itself. */
function isCalledByRuntime(node: DefNode, owner: ClassDef, { hierarchy }: Openness): boolean {
  return (
    node.name.startsWith("__") ||
    belongsToProtocol(node.name, owner, hierarchy) ||
    [owner, ...hierarchy.subclasses(owner)].some((one) =>
      hierarchy
        .chain(one)
        .some((level) =>
          hierarchy.classes
            .get(level)
            ?.bases.some(
              (base) =>
                base.kind === "unknown" ||
                base.kind === "builtin-type" ||
                (base.kind === "runtime-class" && base.module !== null),
            ),
        ),
    )
  );
}

function belongsToProtocol(name: string, owner: ClassDef, hierarchy: Hierarchy): boolean {
  const family = [owner, ...hierarchy.subclasses(owner)];
  return Object.values(PROTOCOLS).some(
    ({ marker, methods }) =>
      methods.includes(name) &&
      (marker === null || family.some((one) => hierarchy.method(one, marker) !== null)),
  );
}

function isQuiet(decorator: DefNode["decorator_list"][number]): boolean {
  const kind = methodDecorator(decorator, () => true)?.kind;
  return kind === "staticmethod" || kind === "classmethod" || kind === "property";
}
