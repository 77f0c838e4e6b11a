/**
 * Which expressions of a module may mean modules, and which of these `builtins`: by the names that imports
 * bind, without resolving them. Used by `scan.ts`, as what is stored in a module changes its globals.
 */
import type { AnyNode, Expr, Module } from "../../parser/ast.js";
import { walk } from "../walk.js";

export class ModuleNames {
  readonly importedModules = new Set<string>();
  /** What `from` imports take out of modules. */
  readonly importedNames = new Set<string>();
  private readonly names = new Set<string>();
  /** Those of them that mean `builtins`. */
  private readonly builtins = new Set<string>();

  constructor(module: Module) {
    walk(module, (node) => this.note(node));
  }

  private note(node: AnyNode): void {
    if (node.kind !== "Import" && node.kind !== "ImportFrom") return;
    if (node.kind === "ImportFrom") this.importedModules.add(node.module ?? "");
    for (const alias of node.names) {
      const name = alias.asname ?? (alias.name.split(".")[0] as string);
      this.names.add(name);
      if (alias.name === "builtins") this.builtins.add(name);
      if (node.kind === "Import") this.importedModules.add(alias.name);
      else this.importedNames.add(alias.name);
    }
  }

  /** `config`, `package.module`, `sys.modules["x"]`, `__import__("x")`. */
  mayBeModule(node: Expr): boolean {
    switch (node.kind) {
      case "Name":
        return this.names.has(node.id);
      case "Attribute":
        return this.mayBeModule(node.value);
      case "Subscript":
        return isTableOfModules(node.value);
      case "Call":
        return node.func.kind === "Name" && node.func.id === "__import__";
      default:
        return false;
    }
  }

  isModuleDict(node: Expr): boolean {
    return node.kind === "Attribute" && node.attr === "__dict__" && this.mayBeModule(node.value);
  }

  meansBuiltins(node: AnyNode): boolean {
    return node.kind === "Name" ? this.builtins.has(node.id) : importsBuiltins(node);
  }

  /** The expression means `builtins`, and stands where it is handed to other code. */
  handsBuiltinsOn(node: AnyNode, parent: AnyNode | null): boolean {
    return this.meansBuiltins(node) && mayHandOn(parent);
  }
}

/** `sys.modules` */
export function isTableOfModules(node: Expr): boolean {
  return node.kind === "Attribute" && node.attr === "modules";
}

/** `__import__("builtins")` */
function importsBuiltins(node: AnyNode): boolean {
  if (node.kind !== "Call" || node.func.kind !== "Name" || node.func.id !== "__import__") {
    return false;
  }
  const [name] = node.args;
  return name?.kind === "Constant" && name.value.type === "str" && name.value.value === "builtins";
}

/** Calls that keep what they are given to themselves. */
const DISCREET: ReadonlySet<string> = new Set([
  ...["delattr", "dir", "getattr", "hasattr", "help", "id", "print", "setattr", "type"],
]);

/** What stands around a module does more with it than to read or set an attribute. */
function mayHandOn(parent: AnyNode | null): boolean {
  if (parent?.kind === "Attribute" || parent?.kind === "Expr") return false;
  return !(parent?.kind === "Call" && parent.func.kind === "Name" && DISCREET.has(parent.func.id));
}
