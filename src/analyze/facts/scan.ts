/**
 * One look over a module's tree for everything that may concern other modules: what it stores as
 * attributes, which methods it defines, what it does with names that only exist at run time. Needs
 * no name resolution. Called by `program-facts.ts` for each module.
 */
import type { AnyNode, Call, ClassDef, Expr, Module } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { isTransparentDecorator } from "../decorators.js";
import { children } from "../walk.js";
import { isTableOfModules, ModuleNames } from "./module-names.js";

export interface ScannedDef {
  readonly node: DefNode;
  /** The class whose body holds it. */
  readonly class: ClassDef | null;
}

export interface ModuleScan {
  readonly defs: readonly ScannedDef[];
  readonly classes: readonly ClassDef[];
  /** Every name that is stored as an attribute of anything, or assigned in a class body. */
  readonly plainStores: ReadonlySet<string>;
  /** `plainStores` and the names of decorated methods. */
  readonly storedAttributes: ReadonlySet<string>;
  /** Names stored as attributes of what may be a module. */
  readonly moduleStores: ReadonlySet<string>;
  /** `sys.modules["machine"] = fake`: what an import gives cannot be foreseen. */
  readonly replacesModules: boolean;
  /** `module.__dict__["x"] = 1`, `del module.__dict__["x"]`: any global of any module may change. */
  readonly writesModuleDicts: boolean;
  readonly deletedAttributes: ReadonlySet<string>;
  /** Attributes may be stored under names that cannot be read off the text. */
  readonly dynamicStores: boolean;
  /** Attributes may go under such names, or classes come that no class statement makes. */
  readonly dynamicShapes: boolean;
  /** `exec`, or writing through `globals()`: any global of this module may change. */
  readonly rebindsGlobals: boolean;
  /** `getattr` with a computed name, or code as text: any attribute may be read. */
  readonly dynamicLoads: boolean;
  /** Attributes read other than to be called at once. */
  readonly loadedAttributes: ReadonlySet<string>;
  /** Names of attributes that are called where they are read: `o.name()`. */
  readonly calledAttributes: ReadonlySet<string>;
  readonly keywordNames: ReadonlySet<string>;
  readonly dynamicKeywords: boolean;
  readonly importedModules: ReadonlySet<string>;
  /** What `from` imports take out of modules. */
  readonly importedNames: ReadonlySet<string>;
  /** The module `builtins` is handed to other code, which may store attributes in it. */
  readonly builtinsEscape: boolean;
  /** `setattr(builtins, name, value)` */
  readonly replacesAnyBuiltin: boolean;
}

const READ_ONLY_DICT_METHODS: ReadonlySet<string> = new Set(["get", "keys", "items", "values"]);

export function scanModule(module: Module): ModuleScan {
  const scan = new Scan(new ModuleNames(module));
  scan.visit(module);
  return scan;
}

class Scan implements ModuleScan {
  readonly defs: ScannedDef[] = [];
  readonly classes: ClassDef[] = [];
  readonly plainStores = new Set<string>();
  readonly storedAttributes = new Set<string>();
  readonly moduleStores = new Set<string>();
  readonly deletedAttributes = new Set<string>();
  readonly loadedAttributes = new Set<string>();
  readonly calledAttributes = new Set<string>();
  readonly keywordNames = new Set<string>();
  readonly importedModules: ReadonlySet<string>;
  readonly importedNames: ReadonlySet<string>;
  dynamicStores = false;
  dynamicShapes = false;
  replacesModules = false;
  writesModuleDicts = false;
  dynamicLoads = false;
  rebindsGlobals = false;
  dynamicKeywords = false;
  builtinsEscape = false;
  replacesAnyBuiltin = false;

  constructor(private readonly modules: ModuleNames) {
    this.importedModules = modules.importedModules;
    this.importedNames = modules.importedNames;
  }

  visit(root: AnyNode): void {
    interface Item {
      readonly node: AnyNode;
      readonly parent: AnyNode | null;
      /** The class whose body this is part of. */
      readonly class: ClassDef | null;
    }
    const stack: Item[] = [{ node: root, parent: null, class: null }];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      const { node, parent } = item;
      this.enter(node, parent, item.class);
      const inner =
        node.kind === "ClassDef"
          ? node
          : node.kind === "FunctionDef" ||
              node.kind === "AsyncFunctionDef" ||
              node.kind === "Lambda"
            ? null
            : item.class;
      const below = children(node);
      for (let i = below.length - 1; i >= 0; i--) {
        const child = below[i];
        if (child !== null && child !== undefined) {
          stack.push({ node: child, parent: node, class: inner });
        }
      }
    }
  }

  private enter(node: AnyNode, parent: AnyNode | null, inClass: ClassDef | null): void {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.defs.push({ node, class: inClass });
        if (inClass !== null && !node.decorator_list.every(isTransparentDecorator)) {
          // What a decorator leaves under the name need not be a method.
          this.storedAttributes.add(node.name);
        }
        return;
      case "ClassDef":
        this.classes.push(node);
        if (inClass !== null) {
          this.stored(node.name);
        }
        return;
      case "Assign":
        for (const target of node.targets) {
          this.store(target, inClass);
        }
        return;
      case "AugAssign":
        this.store(node.target, inClass);
        return;
      case "AnnAssign":
        node.value === null ? undefined : this.store(node.target, inClass);
        return;
      case "For":
      case "AsyncFor":
      case "comprehension":
        this.store(node.target, inClass);
        return;
      case "withitem":
        node.optional_vars === null ? undefined : this.store(node.optional_vars, inClass);
        return;
      case "NamedExpr":
        this.store(node.target, inClass);
        return;
      case "Import":
      case "ImportFrom":
        if (inClass !== null) {
          for (const alias of node.names) {
            this.stored(alias.asname ?? (alias.name.split(".")[0] as string));
          }
        }
        return;
      case "Delete":
        for (const target of node.targets) {
          if (target.kind === "Attribute") {
            this.deletedAttributes.add(target.attr);
          } else if (target.kind === "Subscript") {
            this.writesModuleDicts ||= this.modules.isModuleDict(target.value);
          }
        }
        return;
      case "Attribute":
        if (parent?.kind === "Call" && parent.func === node) this.calledAttributes.add(node.attr);
        else this.loadedAttributes.add(node.attr);
        if (node.attr === "__dict__" || node.attr === "__new__") {
          this.dynamicStores = true;
          this.dynamicShapes = true;
          this.dynamicLoads = true;
        }
        return;
      case "Call":
        this.call(node, parent);
        this.builtinsEscape ||= this.modules.handsBuiltinsOn(node, parent);
        return;
      case "Name":
        this.builtinsEscape ||= this.modules.handsBuiltinsOn(node, parent);
        return;
    }
  }

  private stored(name: string): void {
    this.plainStores.add(name);
    this.storedAttributes.add(name);
  }

  private store(node: Expr, inClass: ClassDef | null): void {
    switch (node.kind) {
      case "Name":
        if (inClass !== null) {
          this.stored(node.id);
        }
        return;
      case "Attribute":
        this.stored(node.attr);
        if (this.modules.mayBeModule(node.value)) {
          this.moduleStores.add(node.attr);
        }
        return;
      case "Subscript":
        this.replacesModules ||= isTableOfModules(node.value);
        this.writesModuleDicts ||= this.modules.isModuleDict(node.value);
        return;
      case "Tuple":
      case "List":
        for (const element of node.elts) {
          this.store(element, inClass);
        }
        return;
      case "Starred":
        this.store(node.value, inClass);
        return;
    }
  }

  private call(node: Call, parent: AnyNode | null): void {
    for (const keyword of node.keywords) {
      if (keyword.arg === null) {
        this.dynamicKeywords = true;
      } else {
        this.keywordNames.add(keyword.arg);
      }
    }
    if (node.func.kind === "Attribute" && !READ_ONLY_DICT_METHODS.has(node.func.attr)) {
      this.writesModuleDicts ||= this.modules.isModuleDict(node.func.value);
    }
    const name =
      node.func.kind === "Name"
        ? node.func.id
        : node.func.kind === "Attribute"
          ? node.func.attr
          : null;
    switch (name) {
      case "setattr":
      case "delattr": {
        const [target, attribute] = node.args;
        if (attribute?.kind === "Constant" && attribute.value.type === "str") {
          const stored = attribute.value.value;
          this.stored(stored);
          if (name === "delattr") {
            this.deletedAttributes.add(stored);
          }
          if (target !== undefined && this.modules.mayBeModule(target)) {
            this.moduleStores.add(stored);
          }
        } else {
          this.dynamicStores = true;
          this.dynamicShapes ||= name === "delattr";
          this.replacesAnyBuiltin ||= target !== undefined && this.modules.meansBuiltins(target);
        }
        return;
      }
      case "getattr": {
        const [, attribute] = node.args;
        if (attribute?.kind === "Constant" && attribute.value.type === "str") {
          this.loadedAttributes.add(attribute.value.value);
        } else {
          this.dynamicLoads = true;
        }
        return;
      }
      case "eval":
      case "compile":
        // `re.compile` and the like have nothing to do with it.
        this.dynamicLoads ||= node.func.kind === "Name";
        return;
      case "exec":
      case "execfile":
        this.dynamicLoads = true;
        this.dynamicStores = true;
        this.dynamicShapes = true;
        this.rebindsGlobals = true;
        return;
      case "type":
        if (node.args.length !== 1) {
          this.dynamicStores = true;
          this.dynamicShapes = true;
        }
        return;
      case "globals":
      case "locals":
        // A method of that name has nothing to do with it.
        if (node.func.kind === "Attribute" && !isBuiltins(node.func.value)) {
          return;
        }
        this.dynamicLoads = true;
        this.rebindsGlobals ||= !readsOnly(parent);
        return;
      case "namedtuple":
        this.fieldNames(node.args[1]);
        return;
    }
  }

  private fieldNames(node: Expr | undefined): void {
    if (node?.kind === "Tuple" || node?.kind === "List") {
      for (const element of node.elts) {
        this.fieldNames(element);
      }
    } else if (node?.kind === "Constant" && node.value.type === "str") {
      for (const name of node.value.value.split(/[\s,]+/)) {
        this.stored(name);
      }
    } else {
      this.dynamicStores = true;
    }
  }
}

/** `globals()["x"]`, `"x" in globals()`, `globals().get("x")`. */
function readsOnly(parent: AnyNode | null): boolean {
  switch (parent?.kind) {
    case "Compare":
      return true;
    case "Attribute":
      return READ_ONLY_DICT_METHODS.has(parent.attr);
    case "Call":
      return (
        parent.func.kind === "Name" && (parent.func.id === "len" || parent.func.id === "print")
      );
    default:
      return false;
  }
}

function isBuiltins(node: Expr): boolean {
  return node.kind === "Name" && node.id === "builtins";
}
