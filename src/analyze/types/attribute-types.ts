/** The type of `x.name`: of what modules and objects of the program's classes hold. Used by `evaluate.ts`. */
import type { Attribute, ClassDef, Expr } from "../../parser/ast.js";
import { methodDecorator } from "../decorators.js";
import { type ModuleView, meaning } from "../module-view.js";
import type { Evaluator } from "./evaluate.js";
import { runtimeConstant, runtimeStatic } from "./runtime-results.js";
import { type Atom, join, joinAll, NOTHING, type Type, unsure } from "./type.js";

/** What exceptions have by themselves. */
const EXCEPTION_FIELDS: ReadonlySet<string> = new Set(["args", "errno", "value"]);

export class AttributeTypes {
  constructor(private readonly evaluator: Evaluator) {}

  type(node: Attribute, view: ModuleView): Type {
    const { evaluator } = this;
    const { world } = evaluator;
    const base = meaning(node.value, view, world);
    if (base?.kind === "runtime" && !world.storedAsAttribute(node.attr)) {
      return runtimeStatic(`${base.module}.${base.name}`, node.attr);
    }
    if (base !== null) {
      if (base.kind !== "module" || world.moduleStores.has(node.attr)) return null;
      return base.target.kind === "project"
        ? evaluator.global(base.target.module, node.attr, 0)
        : runtimeConstant(base.target.module, node.attr);
    }
    const receiver = evaluator.type(node.value, view);
    if (receiver === null || world.dunders.has("__getattr__") || world.dunders.has("__get__")) {
      return null;
    }
    const type = joinAll([...receiver].map((atom) => this.member(atom, node.attr)));
    return receiver.sure ? type : unsure(type);
  }

  private member(atom: Atom, name: string): Type {
    if (atom === "None") return NOTHING;
    if (typeof atom === "string") return null;
    const { hierarchy } = this.evaluator.world;
    let type = this.evaluator.known.field(atom, name);
    for (const one of [atom, ...hierarchy.subclasses(atom)]) {
      if (this.mayComeFromBase(one, name)) return null;
      const method = hierarchy.method(one, name);
      if (method !== null) {
        const isProperty =
          method.decorator_list.length === 1 &&
          methodDecorator(method.decorator_list[0] as Expr, () => true)?.kind === "property";
        type = isProperty ? join(type, this.evaluator.known.result(method)) : null;
      }
    }
    return type;
  }

  /** A base that is no class of the program may set the attribute. */
  private mayComeFromBase(node: ClassDef, name: string): boolean {
    const { hierarchy } = this.evaluator.world;
    return hierarchy.chain(node).some((one) =>
      hierarchy.classes.get(one)?.bases.some((base) => {
        switch (base.kind) {
          case "class":
          case "object":
            return false;
          case "runtime-class":
            // What a class of the runtime sets has a public name that it documents.
            return base.module === null ? EXCEPTION_FIELDS.has(name) : !name.startsWith("_");
          default:
            return true;
        }
      }),
    );
  }
}
