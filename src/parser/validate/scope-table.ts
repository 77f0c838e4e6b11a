/**
 * The names of a scope while MicroPython's first pass goes through it. Whether `global x` or
 * `nonlocal x` is allowed depends on what has been seen of `x` so far, so this follows that pass
 * step by step. Used by `scopes.ts`; the analysis has its own, final, view of scopes.
 */

export type ScopeKind = "module" | "class" | "lambda" | "comprehension" | "function";

type NameKind =
  | "undecided"
  | "global-implicit"
  | "global-assigned"
  | "global-explicit"
  | "local"
  | "free";

export class ScopeTable {
  readonly names = new Map<string, NameKind>();
  /** Set by `async def`, and by the first `yield` or `await` on the way. */
  isGenerator = false;

  constructor(
    readonly kind: ScopeKind,
    readonly parent: ScopeTable | null,
  ) {}

  load(name: string): void {
    const known = this.names.get(name);
    if (known !== undefined && known !== "global-implicit") return;
    this.names.set(name, this.#closesOver(name) ? "free" : "global-implicit");
  }

  store(name: string): void {
    const known = this.names.get(name);
    if (known !== undefined && known !== "global-implicit") return;
    const functionLike = this.kind !== "module" && this.kind !== "class";
    this.names.set(name, functionLike ? "local" : "global-assigned");
  }

  /** A parameter, or a name that an annotation without a value declares. */
  declareLocal(name: string): void {
    if (!this.names.has(name)) this.names.set(name, "local");
  }

  /** False when the name has been used as something else before. */
  declareGlobal(name: string): boolean {
    const known = this.names.get(name) ?? "undecided";
    if (known !== "undecided" && known !== "global-explicit") return false;
    this.names.set(name, "global-explicit");
    let outermost: ScopeTable = this;
    while (outermost.parent !== null) outermost = outermost.parent;
    if (outermost.names.has(name)) outermost.names.set(name, "global-explicit");
    return true;
  }

  declareNonlocal(name: string): "ok" | "used-before" | "no-binding" {
    const known = this.names.get(name) ?? "undecided";
    if (known === "free") return "ok";
    if (known !== "undecided") return "used-before";
    const found = this.#closesOver(name);
    this.names.set(name, found ? "free" : "global-implicit");
    return found ? "ok" : "no-binding";
  }

  /** `x := 1` in a comprehension binds in the scope around it. */
  declareNamed(name: string): "ok" | "global" | "nonlocal" {
    const { parent } = this;
    if (this.kind !== "comprehension" || parent === null) return "ok";
    parent.store(name);
    if (parent.names.get(name) === "global-explicit") {
      if (!this.names.has(name)) this.names.set(name, "global-explicit");
      return "ok";
    }
    if (parent.parent === null) return this.declareGlobal(name) ? "ok" : "global";
    if (this.names.get(name) === "global-implicit") this.names.set(name, "undecided");
    return this.declareNonlocal(name) === "ok" ? "ok" : "nonlocal";
  }

  /** The nearest function around that knows the name decides. */
  #closesOver(name: string): boolean {
    for (let scope = this.parent; scope !== null && scope.parent !== null; scope = scope.parent) {
      const known = scope.names.get(name);
      if (known === undefined) continue;
      return known === "local" || known === "free";
    }
    return false;
  }
}
