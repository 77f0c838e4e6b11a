/**
 * What `define` is told about a class: attributes, signatures, the order of its names. Filled by
 * `class-member.ts`, written by `statements/class-def.ts`.
 */
import type { Binding } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression, TargetNode } from "../emit/tree.js";
import type { ClassDef } from "../parser/ast.js";
import type { Frame } from "./frame.js";
import { GLOBALS } from "./variable.js";

export class ClassDefinition {
  readonly attrs: [string, Expression][] = [];
  readonly methods: [string, Expression][] = [];
  readonly statics: [string, Expression][] = [];
  readonly classmethods: [string, Expression][] = [];
  readonly blocking: Expression[] = [];
  /** Names of methods of the ES class, in order. */
  readonly members: string[] = [];
  /** Whether an attribute was set after the class: later ones must follow it. */
  readonly done = new Set<string>();

  constructor(
    readonly node: ClassDef,
    readonly binding: Binding,
    readonly frame: Frame,
  ) {}

  /** In programs that may look at the order of names (`dir`, `__dict__`), unless it is clear. */
  private order(): string[] | null {
    const { analysis, snippet } = this.frame.module;
    if (snippet === null && !analysis.context.facts.showsMembers) return null;
    const names = [...(analysis.scopes.get(this.node)?.bindings.keys() ?? [])];
    return names.every((name, at) => name === this.members[at]) ? null : names;
  }

  block(): TargetNode[] {
    const entries: [string, Expression][] = [];
    const { kind, jsName } = this.binding;
    const isNamed =
      kind !== "class" && jsName === this.node.name && this.node.decorator_list.length === 0;
    if (!isNamed) entries.push(["name", js.literal(this.node.name)]);
    const module = moduleName(this.frame);
    if (module !== null) entries.push(["module", module]);
    for (const key of ["attrs", "methods", "statics", "classmethods"] as const) {
      if (this[key].length > 0) entries.push([key, js.object(this[key])]);
    }
    const order = this.order();
    if (order !== null) entries.push(["order", js.array(order.map((name) => js.literal(name)))]);
    if (this.blocking.length > 0) entries.push(["blocking", js.array(this.blocking)]);
    const options = entries.length === 0 ? [] : [js.object(entries)];
    return [
      js.staticBlock([
        js.expressionStatement(js.rtCall("define", { type: "ThisExpression" }, ...options)),
      ]),
    ];
  }
}

/** `C.__module__`, in programs that may ask for it; null in others. */
function moduleName({ module }: Frame): Expression | null {
  const { closedWorld, loadedAttributes } = module.analysis.context.facts;
  if (module.snippet !== null) return js.member(js.id(GLOBALS), "__name__");
  const isRead = loadedAttributes.has("__module__") || loadedAttributes.has("__dict__");
  return module.facts && closedWorld && !isRead ? null : js.literal(module.name);
}
