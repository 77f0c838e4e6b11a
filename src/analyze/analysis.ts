/**
 * The result of `analyze/`: side tables keyed by AST node, never stored in the AST. Built by
 * `analyze.ts`, read by `lower/` and by `mpy2ts print --phase scopes`. Every fact is conservative:
 * where nothing could be proven the field holds the answer that is right for any program
 * ("unknown", `mayBeUnbound: true`, `native: false`).
 */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type {
  Alias,
  AnyNode,
  Arg,
  AsyncFunctionDef,
  Attribute,
  Call,
  ClassDef,
  Constant,
  DictComp,
  ExceptHandler,
  Expr,
  FunctionDef,
  FunctionNode,
  GeneratorExp,
  Import,
  ImportFrom,
  ListComp,
  Module,
  Name,
  SetComp,
  Stmt,
} from "../parser/ast.js";
import type { ProgramFacts } from "./program-facts.js";

export type DefNode = FunctionDef | AsyncFunctionDef;
export type ComprehensionNode = ListComp | SetComp | DictComp | GeneratorExp;
export type ScopeNode = Module | FunctionNode | ClassDef | ComprehensionNode;
/** A place that binds a name. `Global`/`Nonlocal` statements bind nothing. */
export type StoreNode = Name | Arg | DefNode | ClassDef | Alias | ExceptHandler;

// ---- names -----------------------------------------------------------------------------------

export interface Scope {
  readonly kind: "module" | "function" | "class" | "lambda" | "comprehension";
  readonly node: ScopeNode;
  readonly parent: Scope | null;
  readonly children: readonly Scope[];
  /** Names bound here, in the order of their first store; parameters first. */
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Names declared `global` here. */
  readonly globals: ReadonlySet<string>;
  /** `exec`, `eval`, `globals()`, `locals()` or a star import occurs in this very scope. */
  readonly usesDynamicNames: boolean;
}

export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** `class`: a name of a class body, which is an attribute rather than a variable. */
  readonly kind: "local" | "parameter" | "global" | "class";
  /** Free of JS reserved words and of clashes between nested scopes; runtime imports yield to it. */
  readonly jsName: string;
  /** Stores in text order (parameters and `def`s included). */
  readonly stores: readonly StoreNode[];
  readonly loads: readonly Name[];
  readonly deletes: readonly Name[];
  /** Read or written by a nested scope (a comprehension counts). */
  readonly captured: boolean;
  /** Captured by a `def` or `lambda` or generator expression, which may run later. */
  readonly capturedLater: boolean;
  /** More than one store, a store in a loop, a store from another scope or module, or a `del`. */
  readonly rebound: boolean;
  /** The only store is this undecorated (or transparently decorated) def, unconditional in its scope. */
  readonly constantFunction: DefNode | null;
  /** The only store is this undecorated class, unconditional in its scope. */
  readonly constantClass: ClassDef | null;
  /** The only store is this import (or every store imports the same thing). */
  readonly imported: ImportedName | null;
  /** The `*` that alone binds it. */
  readonly star: Alias | null;
  /** `X = const(...)` or a plain constant, stored once and never elsewhere; null otherwise. */
  readonly constant: ConstantFact | null;
  /**
   * Where the variable may be declared. "places": at the statements and handlers in `places`.
   * "top": at the top of the function (a captured comprehension target: of the comprehension).
   * The others need no declaration (a comprehension declares its targets as it loops).
   */
  readonly declareAt: "top" | "places" | "parameter" | "comprehension" | "global" | "class";
  /**
   * Each place is a direct child of a block, assigns unconditionally and before every other
   * reference in that block, and no value flows between places: `const x = ...` may stand there.
   * `For`, `With` and `except` places: all references they cover are in their body.
   */
  readonly places: ReadonlyMap<Stmt | ExceptHandler, "const" | "let">;
  /** Some read of it may find it unbound. */
  readonly mayBeUnbound: boolean;
}

export interface ConstantFact {
  readonly node: Expr;
  /** Null where the value is not a literal or a foldable integer expression. */
  readonly value: Constant["value"] | null;
  /** Written as `const(...)`. */
  readonly isConst: boolean;
}

export interface NameUse {
  /** Null for builtins and unknown names. */
  readonly binding: Binding | null;
  /**
   * local: of the scope the name stands in. cell: of an enclosing function. global: of the module.
   * class: of the class body the name stands in (global or builtin where unbound). builtin: see
   * `tables/builtins.ts`. unknown: bound by nobody we can see.
   */
  readonly resolved: "local" | "cell" | "global" | "class" | "builtin" | "unknown";
  readonly mayBeUnbound: boolean;
}

// ---- functions and classes -------------------------------------------------------------------

export interface FunctionInfo {
  readonly node: FunctionNode;
  /** "<lambda>" for lambdas. */
  readonly name: string;
  readonly scope: Scope;
  /** The binding it is stored to; null for lambdas. */
  readonly binding: Binding | null;
  /** coroutine: async def, or a def that contains `await`; generator: it contains `yield`. */
  readonly flavour: "plain" | "generator" | "coroutine";
  /** Coloured (design 2.7): emitted as a generator wrapped in `blocking`. Only plain functions. */
  readonly blocking: boolean;
  readonly returnsValue: "never" | "sometimes" | "always";
  readonly endReachable: boolean;
  /** First parameter of a method, where it is never rebound: may be written `this`. */
  readonly selfName: string | null;
  readonly usesSuper: boolean;
  /** The class whose body holds the def. */
  readonly isMethodOf: ClassDef | null;
  readonly kind:
    | "function"
    | "method"
    | "staticmethod"
    | "classmethod"
    | "property"
    | "setter"
    | "deleter"
    | "lambda";
  /** For setter/deleter: name of the property. */
  readonly propertyName: string | null;
  /** The contract's signature string; of methods and classmethods without the first parameter. */
  readonly signature: string;
  /** Only required positional parameters (self not counted). */
  readonly simple: boolean;
  /** Decorators that change nothing here (micropython.native, viper...). */
  readonly transparentDecorators: readonly Expr[];
  /** Decorators that must be applied at run time, in source order. */
  readonly decorators: readonly Expr[];
  /** Used other than as a direct callee. */
  readonly escapes: boolean;
}

export type BaseInfo =
  | { readonly kind: "class"; readonly module: string; readonly node: ClassDef }
  | { readonly kind: "runtime-class"; readonly module: string | null; readonly name: string }
  | { readonly kind: "builtin-type"; readonly name: string }
  | { readonly kind: "object" }
  | { readonly kind: "unknown" };

export interface ClassInfo {
  readonly node: ClassDef;
  readonly binding: Binding | null;
  /** May be a top-level ES class. */
  readonly liftable: boolean;
  readonly bases: readonly BaseInfo[];
  readonly methods: ReadonlyMap<string, FunctionInfo>;
  /** Names assigned in the class body by something else than a plain method def. */
  readonly attributes: ReadonlyMap<string, Expr | null>;
  /** `self.x` stores and class attributes. */
  readonly fields: ReadonlyMap<string, FieldInfo>;
  /** Only defs, a docstring, `pass`, and plain or annotated assignments to names, each once. */
  readonly simpleBody: boolean;
}

export interface FieldInfo {
  readonly name: string;
  readonly stores: readonly Attribute[];
  /** Proven assigned whenever a method (but for the early part of `__init__`) reads it. */
  readonly safe: boolean;
  readonly classLevel: boolean;
  /** First annotation or null; for `declare x: T`. */
  readonly annotation: Expr | null;
}

// ---- calls and attributes --------------------------------------------------------------------

export type Callee =
  /** A def known statically, called by name or through its module. `this`-less. */
  | {
      readonly kind: "function";
      readonly module: string;
      readonly node: DefNode;
      /** Bound directly to an ES binding of `module` (else nested or through a name here). */
      readonly topLevel: boolean;
    }
  | { readonly kind: "class"; readonly module: string; readonly node: ClassDef }
  | { readonly kind: "builtin"; readonly name: string }
  /** A function or class that a runtime module exports. */
  | { readonly kind: "module-function"; readonly module: string; readonly name: string }
  /**
   * `o.m(...)`; `native`: plain `o.m(...)` in JS is proven right. Without candidates it is then a
   * method of a runtime class.
   */
  | {
      readonly kind: "method-by-name";
      readonly name: string;
      readonly native: boolean;
      readonly candidates: readonly DefNode[];
      /** A method of a runtime class that gives a generator. */
      readonly coroutine?: boolean;
    }
  /** `super().m(...)`. */
  | { readonly kind: "super-method"; readonly name: string; readonly native: boolean }
  /** `Base.m(self, ...)` with a class known statically whose own method `m` is `node`. */
  | {
      readonly kind: "unbound-method";
      readonly module: string;
      readonly class: ClassDef;
      readonly node: DefNode;
    }
  /** `C.m(...)` where `m` is a staticmethod or classmethod of a class known statically. */
  | {
      readonly kind: "static-method";
      readonly module: string;
      readonly class: ClassDef;
      readonly node: DefNode;
    }
  | { readonly kind: "unknown" };

export interface CallInfo {
  readonly callee: Callee;
  /** The arguments suit the signature of every candidate: a direct JS call is allowed. */
  readonly fits: boolean;
  /**
   * With `fits`: the JS arguments in parameter order, null where a default applies (`undefined`).
   * Trailing defaults are cut. Arguments of a `*args` parameter follow at the end. Null where
   * positional arguments alone are already in order or nothing is known.
   */
  readonly order: readonly (Expr | null)[] | null;
  /** `order` evaluates the arguments in another order than the source does. */
  readonly reorders: boolean;
  /** "yes": `yield* f.wait(...)`; "maybe": `yield* callWait(f, ...)`; only inside code that may. */
  readonly mayBlock: "no" | "yes" | "maybe";
  /** Whether the result may be JS `undefined` (a function that ends without a value). */
  readonly returnsValue: "never" | "sometimes" | "always";
}

export interface AttributeInfo {
  /** Plain `o.x` in JS is proven right (load, store or delete, as the node is used). */
  readonly native: boolean;
  /** A name of a module known statically. */
  readonly moduleMember:
    | { readonly kind: "runtime"; readonly module: string; readonly name: string }
    | {
        readonly kind: "project";
        readonly module: string;
        readonly name: string;
        /** Unconditionally bound to a def or class, or proven bound: no NameError check needed. */
        readonly bound: boolean;
      }
    | null;
  /** Base is `self` (`this`) of the method around it. */
  readonly onSelf: boolean;
}

// ---- imports ---------------------------------------------------------------------------------

/** What an import names, after aliases (`uasyncio` -> `asyncio`) have been resolved. */
export type ImportTarget =
  | { readonly kind: "project"; readonly module: string }
  | { readonly kind: "runtime"; readonly module: string }
  | { readonly kind: "unknown"; readonly module: string };

export interface ImportedName {
  readonly target: ImportTarget;
  /** Null: the module itself. */
  readonly name: string | null;
}

export interface ImportInfo {
  readonly node: Import | ImportFrom;
  readonly alias: Alias;
  /** Python's dotted name as written, dots of a relative import included. */
  readonly written: string;
  readonly target: ImportTarget;
  /** Null: binds the module. "*": star import. */
  readonly name: string | null;
  /** Null for star imports. `import a.b` binds `a`. */
  readonly binding: Binding | null;
  /** Runs exactly once, at module level, outside of any `if`/`try`/loop. */
  readonly unconditional: boolean;
}

// ---- the whole -------------------------------------------------------------------------------

/** What is known about the program around a module. */
export interface ProgramContext {
  /** Dotted name, e.g. "lib.queue". */
  readonly module: string;
  readonly file: string;
  /** True for `__init__.py`. */
  readonly isPackage: boolean;
  /** `name` null in `from . import x`. */
  readonly resolveImport: (name: string | null, level: number) => ImportTarget;
  readonly facts: ProgramFacts;
}

export interface Analysis {
  readonly module: Module;
  readonly context: ProgramContext;
  readonly moduleScope: Scope;
  readonly scopes: ReadonlyMap<ScopeNode, Scope>;
  /** Every `Name` node: loads, stores and deletes. */
  readonly nameUses: ReadonlyMap<Name, NameUse>;
  /** The binding that a `def`, class, parameter, import alias or `except ... as` stores to. */
  readonly bindingOf: ReadonlyMap<StoreNode, Binding>;
  readonly functions: ReadonlyMap<FunctionNode, FunctionInfo>;
  readonly classes: ReadonlyMap<ClassDef, ClassInfo>;
  readonly calls: ReadonlyMap<Call, CallInfo>;
  readonly attributes: ReadonlyMap<Attribute, AttributeInfo>;
  readonly imports: readonly ImportInfo[];
  /** The statement can end normally (the next one is reachable). Absent: it is itself unreachable. */
  readonly completes: ReadonlyMap<AnyNode, boolean>;
  /** Reads that TypeScript takes for what an earlier test or assignment said. */
  readonly narrowed: ReadonlySet<Expr>;
  /** Statements of the body before which other code may look at the module's globals. */
  readonly late: ReadonlySet<Stmt>;
  /** The module body is coloured. */
  readonly bodyBlocks: boolean;
  /** Global bindings in order, the names of the ES module's exports. */
  readonly exports: readonly Binding[];
  readonly diagnostics: readonly Diagnostic[];
}
