/**
 * Which attributes every instance surely has: class attributes, and what `__init__` assigns before
 * anybody else can look at the object. Called by `classes.ts`.
 */
import type { ClassDef } from "../parser/ast.js";
import { Construction } from "./construction.js";
import type { ProgramFacts } from "./program-facts.js";

export class DefiniteFields {
  private readonly known = new Map<ClassDef, ReadonlySet<string>>();

  constructor(private readonly facts: ProgramFacts) {}

  /** What constructing an instance of exactly this class assigns. */
  of(node: ClassDef): ReadonlySet<string> {
    let fields = this.known.get(node);
    if (fields === undefined) {
      fields = this.compute(node);
      this.known.set(node, fields);
    }
    return fields;
  }

  private compute(node: ClassDef): ReadonlySet<string> {
    const { hierarchy } = this.facts;
    const init = hierarchy.method(node, "__init__");
    if (init === null || hierarchy.hasUnknownBase(node)) return new Set();
    return new Construction(node, this.facts).run(init);
  }
}
