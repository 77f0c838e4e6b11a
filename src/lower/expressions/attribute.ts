/** Lowers attribute reads; stores and deletes are in `lower/target.ts`. */
import { propertyName } from "../../analyze/js-names.js";
import { constantModule } from "../../analyze/tables/constant-modules.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Attribute, Expr } from "../../parser/ast.js";
import { knowsMember } from "../class-shape.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { attributeWaits } from "../waits.js";
import { place } from "./name.js";

/**
 * ```py
 * self.count       # proven to be there
 * time.sleep_ms    # a name of a module
 * thing.value
 * ```
 * ```ts
 * this.count
 * time.sleep_ms
 * getattr(thing, "value")
 * ```
 */
export function lowerAttribute(node: Attribute, frame: Frame): Expression {
  const info = frame.module.analysis.attributes.get(node);
  // A snippet loads no module before it runs.
  const member = frame.module.snippet !== null ? null : info?.moduleMember;
  if (member?.kind === "runtime") {
    return js.member(js.imported(`module:${member.module}`, "*"), member.name);
  }
  if (member?.kind === "project") {
    const exported = member.bound ? frame.module.exportName(member.module, member.name) : null;
    const from = `project:${member.module}`;
    return exported === null
      ? js.rtCall("getattr", js.imported(from, "default"), js.literal(node.attr))
      : js.member(js.imported(from, "*"), exported);
  }
  const constant = unboundConstant(node, frame);
  if (constant !== null) return constant;
  const object = lowerExpression(node.value, frame);
  if (attributeWaits(node, frame)) {
    return js.yieldAll(js.rtCall("getattrWait", object, js.literal(node.attr)));
  }
  return info?.native
    ? locatedMember(
        js.member(receiver(object, node.value, node.attr, frame), propertyName(node.attr)),
        node,
        frame,
      )
    : js.rtCall("getattr", object, js.literal(node.attr));
}

/**
 * ```py
 * raise OSError(errno.EIO)                  # without `import errno`
 * ```
 * ```ts
 * throw new OSError(moduleConstant($module, "errno", "EIO", errno));
 * ```
 */
function unboundConstant({ value, attr }: Attribute, frame: Frame): Expression | null {
  const { analysis, snippet } = frame.module;
  if (value.kind !== "Name" || snippet !== null) return null;
  if ((analysis.nameUses.get(value)?.resolved ?? "unknown") !== "unknown") return null;
  const module = constantModule(value.id, attr);
  if (module === null) return null;
  const exports = js.imported(`module:${module}`, "*");
  return js.rtCall("moduleConstant", place(frame), js.literal(module), js.literal(attr), exports);
}

/** The object of a plain member access, in a form that TypeScript lets have that member. */
export function receiver(object: Expression, node: Expr, name: string, frame: Frame): Expression {
  if (object.type !== "ThisExpression" || frame.inClass === null) {
    // A function that ends without a value gives undefined, which has no attributes either.
    if (object.type === "LogicalExpression" && object.operator === "??")
      return js.nonNull(object.left);
    if (!mayBeNone(node, frame)) return object;
    return frame.module.analysis.narrowed.has(node) ? js.asAny(object) : js.nonNull(object);
  }
  const info = frame.module.analysis.classes.get(frame.inClass);
  return info && knowsMember(info, name, frame) ? object : js.asAny(object);
}

/** Of None, Python raises AttributeError; so does what `caught` makes of JavaScript's TypeError. */
export function mayBeNone(node: Expr, frame: Frame): boolean {
  const { context, module } = frame.module.analysis;
  return context.facts.shown.expression(node, module)?.has("None") === true;
}

function locatedMember(target: Expression, node: Attribute, frame: Frame): Expression {
  target.property.loc = frame.location(node.attrSpan);
  return target;
}
