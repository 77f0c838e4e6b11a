/**
 * What inference knows so far of variables, fields and results: joined from all the values that the
 * text puts into them. Filled by `constraints.ts` and `call-binding.ts`, read by `evaluate.ts`.
 */
import type { ClassDef, FunctionNode } from "../../parser/ast.js";
import type { Hierarchy } from "../hierarchy.js";
import type { BindingRecord } from "../records.js";
import type { Knowledge } from "./evaluate.js";
import {
  type Atom,
  inexact,
  isToldApart,
  join,
  joinAll,
  NOTHING,
  type Type,
  unsure,
} from "./type.js";

/** After so many changes of one entry its ints take the next larger interval at once. */
const PATIENCE = 4;
/** What holds others: TypeScript tells what. */
const CONTAINERS: ReadonlySet<Atom> = new Set(["list", "dict", "set", "frozenset"]);

export interface KnowledgeInput {
  readonly hierarchy: Hierarchy;
  /** Attributes may be stored under computed names. */
  readonly dynamicStores: boolean;
}

export class Ledger implements Knowledge {
  changed = false;
  /** What annotations say: shown, with what the text is seen to put there besides. */
  readonly noted = new Map<BindingRecord | FunctionNode, () => Type>();
  readonly notedFields = new Map<ClassDef, Map<string, () => Type>>();
  /**
   * Parameters that TypeScript around the program may also give a value. Its types tell classes and
   * strings apart, but not ints from floats, small ints from large ones or lists from tuples.
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
    const type = this.knownOrNoted([this.bindings.get(binding)], this.noted.get(binding));
    if (!this.doubted.has(binding) || isToldApart(type)) return type;
    return isToldApart(type?.only((atom) => !CONTAINERS.has(atom)) ?? null)
      ? inexact(type)
      : unsure(type);
  }

  field(owner: ClassDef, name: string): Type {
    const root = this.root(owner);
    const entries = [this.fields.get(root)?.get(name), this.anyFields.get(name)];
    if (this.input.dynamicStores) entries.push(UNKNOWN);
    return this.knownOrNoted(entries, this.notedFields.get(root)?.get(name));
  }

  result(node: FunctionNode): Type {
    return this.knownOrNoted([this.results.get(node)], this.noted.get(node));
  }

  /**
   * Where not all is known, what the annotation says; but `def f(x: str = None)` takes None too, as
   * nothing makes a program keep to its annotations.
   */
  private knownOrNoted(
    entries: readonly (Entry | undefined)[],
    noted: (() => Type) | undefined,
  ): Type {
    const known = joinAll(entries.map((entry) => (entry === undefined ? NOTHING : entry.type)));
    if (known !== null) return known;
    const type = noted?.() ?? null;
    if (type === null) return null;
    const isCovered = (atom: Atom): boolean =>
      type.has(atom) ||
      (typeof atom !== "string" &&
        this.input.hierarchy.chain(atom).some((ancestor) => type.has(ancestor)));
    return entries.reduce<Type>(
      (all, entry) =>
        entry?.seen == null
          ? all
          : join(
              all,
              entry.seen.only((atom) => !isCovered(atom)),
            ),
      type,
    );
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

  /** All fields of that name, or of any. */
  fieldsNamed(name: string | null): readonly Type[] {
    const found = [this.anyFields, ...this.fields.values()].flatMap((fields) =>
      name === null ? [...fields.values()] : [fields.get(name)],
    );
    return found.map((entry) => entry?.seen ?? null);
  }

  /** Classes that inherit from each other share their fields. */
  root(node: ClassDef): ClassDef {
    return this.roots.get(node) ?? node;
  }

  private add<K>(map: Map<K, Entry>, key: K, type: Type): void {
    const entry = map.get(key) ?? { type: NOTHING, seen: NOTHING, changes: 0 };
    const widening = entry.changes > PATIENCE;
    const joined = join(entry.type, type, widening);
    const seen = joined ?? (type === null ? entry.seen : join(entry.seen, type, widening));
    if (joined === entry.type && seen === entry.seen) return;
    map.set(key, { type: joined, seen, changes: entry.changes + 1 });
    this.changed = true;
  }

  private rootOf(node: ClassDef): ClassDef {
    // Any member will do, as long as all of them get the same one.
    return this.input.hierarchy
      .family(node)
      .reduce((a, b) => (this.order(a) <= this.order(b) ? a : b));
  }

  private order(node: ClassDef): string {
    const module = this.input.hierarchy.classes.get(node)?.module ?? "";
    return `${module}:${String(node.span.start).padStart(9, "0")}`;
  }
}

interface Entry {
  readonly type: Type;
  /** All of it that is known; null: too many alternatives. */
  readonly seen: Type;
  readonly changes: number;
}

const UNKNOWN: Entry = { type: null, seen: NOTHING, changes: 0 };
