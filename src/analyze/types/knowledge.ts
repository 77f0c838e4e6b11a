/**
 * What inference knows so far of variables, fields and results: joined from all the values that the
 * text puts into them. Filled by `constraints.ts` and `call-binding.ts`, read by `evaluate.ts`.
 */
import type { ClassDef, FunctionNode } from "../../parser/ast.js";
import type { Hierarchy } from "../hierarchy.js";
import type { BindingRecord } from "../records.js";
import type { Knowledge } from "./evaluate.js";
import { join, NOTHING, type Type, unsure } from "./type.js";

/** After so many changes of one entry its ints take the next larger interval at once. */
const PATIENCE = 4;

export interface KnowledgeInput {
  readonly hierarchy: Hierarchy;
  /** Attributes may be stored under computed names. */
  readonly dynamicStores: boolean;
}

export class Ledger implements Knowledge {
  changed = false;
  /** What annotations say, where nothing else is known. */
  readonly noted = new Map<BindingRecord | FunctionNode, () => Type>();
  readonly notedFields = new Map<ClassDef, Map<string, () => Type>>();
  /**
   * Parameters that TypeScript around the program may also give a value. Its types tell classes apart,
   * but not ints from floats, small ints from large ones or lists from tuples.
   */
  readonly doubted = new Set<BindingRecord>();
  private readonly bindings = new Map<BindingRecord, Entry>();
  private readonly fields = new Map<ClassDef, Map<string, Entry>>();
  /** Stored through objects of unknown type, by name. */
  private readonly anyFields = new Map<string, Entry>();
  private readonly results = new Map<FunctionNode, Entry>();
  private readonly roots = new Map<ClassDef, ClassDef>();

  constructor(private readonly input: KnowledgeInput) {
    for (const node of input.hierarchy.classes.keys()) this.roots.set(node, this.rootOf(node));
  }

  binding(binding: BindingRecord): Type {
    const known = typeOf(this.bindings.get(binding));
    if (known === null) return this.noted.get(binding)?.() ?? null;
    return this.doubted.has(binding) && !holdsObjects(known) ? unsure(known) : known;
  }

  field(owner: ClassDef, name: string): Type {
    const root = this.root(owner);
    const noted = (): Type => this.notedFields.get(root)?.get(name)?.() ?? null;
    if (this.input.dynamicStores) return noted();
    const own = typeOf(this.fields.get(root)?.get(name));
    const all = join(own, typeOf(this.anyFields.get(name)));
    return all === null ? noted() : all;
  }

  result(node: FunctionNode): Type {
    const known = typeOf(this.results.get(node));
    return known === null ? (this.noted.get(node)?.() ?? null) : known;
  }

  addBinding(binding: BindingRecord, type: Type): void {
    this.add(this.bindings, binding, type);
  }

  addResult(node: FunctionNode, type: Type): void {
    this.add(this.results, node, type);
  }

  addField(owner: ClassDef, name: string, type: Type): void {
    const root = this.root(owner);
    const fields = this.fields.get(root) ?? new Map<string, Entry>();
    this.fields.set(root, fields);
    this.add(fields, name, type);
  }

  addAnyField(name: string, type: Type): void {
    this.add(this.anyFields, name, type);
  }

  noteField(owner: ClassDef, name: string, type: () => Type): void {
    const root = this.root(owner);
    const fields = this.notedFields.get(root) ?? new Map<string, () => Type>();
    this.notedFields.set(root, fields);
    fields.set(name, type);
  }

  /** Classes that inherit from each other share their fields. */
  root(node: ClassDef): ClassDef {
    return this.roots.get(node) ?? node;
  }

  private add<K>(map: Map<K, Entry>, key: K, type: Type): void {
    const entry = map.get(key) ?? { type: NOTHING, changes: 0 };
    const joined = join(entry.type, type, entry.changes > PATIENCE);
    if (joined === entry.type) return;
    map.set(key, { type: joined, changes: entry.changes + 1 });
    this.changed = true;
  }

  private rootOf(node: ClassDef): ClassDef {
    let family = new Set([node]);
    for (let size = 0; size !== family.size; ) {
      size = family.size;
      const { hierarchy } = this.input;
      family = new Set(
        [...family].flatMap((one) => [...hierarchy.chain(one), ...hierarchy.subclasses(one)]),
      );
    }
    // Any member will do, as long as all of them get the same one.
    return [...family].reduce((a, b) => (this.order(a) <= this.order(b) ? a : b));
  }

  private order(node: ClassDef): string {
    const module = this.input.hierarchy.classes.get(node)?.module ?? "";
    return `${module}:${String(node.span.start).padStart(9, "0")}`;
  }
}

/** Instances of classes alone: those of the program, and the runtime's ("machine.Pin"). */
function holdsObjects(type: Type): boolean {
  return [...(type ?? [])].every((atom) => typeof atom !== "string" || atom.includes("."));
}

interface Entry {
  readonly type: Type;
  readonly changes: number;
}

const typeOf = (entry: Entry | undefined): Type => (entry === undefined ? NOTHING : entry.type);
