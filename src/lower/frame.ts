/**
 * Where lowering stands: the module being lowered and the function body it is in. A frame is made
 * for each emitted function (module body, def, lambda, comprehension callback) by the lowerings of
 * those constructs; it hands out temporaries and knows whether `yield*` may be written here.
 */
import type {
  Analysis,
  ClassInfo,
  FunctionInfo,
  ImportTarget,
  Scope,
} from "../analyze/analysis.js";
import type { RuntimeExport } from "../analyze/tables/runtime-modules.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../diagnostics/source-file.js";
import * as js from "../emit/build.js";
import type { Beside, Expression, Location, Statement } from "../emit/tree.js";
import type { ClassDef, Comment, Expr, Span } from "../parser/ast.js";

/** As Python's `compile` takes it. */
export type SnippetMode = "exec" | "eval" | "single";

export interface ModuleContext {
  readonly source: SourceFile;
  readonly analysis: Analysis;
  /** Dotted Python name. */
  readonly name: string;
  /** File name shown in tracebacks. */
  readonly path: string;
  /** Whether `__init__.py`. */
  readonly isPackage: boolean;
  /** Whether a module has an ES export of that name which never changes once Python has bound it. */
  readonly hasExport: (target: ImportTarget, name: string) => boolean;
  /** The ES export of a project module that is the Python global of that name; null: it has none. */
  readonly exportName: (module: string, name: string) => string | null;
  /** The ES export that is a class of the program; null: it is a variable. */
  readonly classExport: (
    node: ClassDef,
  ) => { readonly module: string; readonly name: string } | null;
  /** Of a class of any module of the program; null: nothing known. */
  readonly classInfo: (node: ClassDef) => ClassInfo | null;
  /** What a runtime module exports under a name; null: nothing known. */
  readonly kindOf: (module: string, name: string) => RuntimeExport["kind"] | null;
  /** Whether the body of a project module may wait. */
  readonly blocks: (module: string) => boolean;
  /** Whether facts may choose native operators and accesses (design 2.5). */
  readonly facts: boolean;
  /** Code compiled at run time, whose globals are the entries of a dict; null: a module. */
  readonly snippet: SnippetMode | null;
  /** What lowering could not translate. */
  readonly diagnostics: Diagnostic[];
  /** Comments not attached to a node yet, in order. */
  readonly comments: Comment[];
  /** Comments that stand beside items between brackets. */
  readonly besides: Map<Expr, Beside>;
}

export interface FrameOptions {
  readonly info?: FunctionInfo | null;
  readonly scope?: Scope;
  /** `yield*` may be written here, so blocking calls suspend. */
  readonly suspends?: boolean;
  /** The Python name that is `this` here. */
  readonly self?: string | null;
  /** `super.m` may be written here. */
  readonly nativeSuper?: boolean;
  /** The class whose method this is, for `super()`. */
  readonly inClass?: ClassDef | null;
  /** In a class body: the class, whose attributes its names have become. */
  readonly classValue?: (() => Expression) | null;
}

export class Frame {
  readonly info: FunctionInfo | null;
  readonly scope: Scope;
  readonly suspends: boolean;
  readonly self: string | null;
  readonly nativeSuper: boolean;
  readonly inClass: ClassDef | null;
  readonly classValue: (() => Expression) | null;
  /** Temporaries to declare at the top of the function. */
  readonly temps: string[] = [];
  /** Labels of enclosing loops that have an `else`; null for loops without. */
  readonly loops: (string | null)[] = [];
  /** Variables that hold the exceptions being handled, innermost last. */
  readonly handlers: string[] = [];
  readonly #names = new Map<string, number>();

  constructor(
    readonly module: ModuleContext,
    readonly parent: Frame | null,
    options: FrameOptions,
  ) {
    this.info = options.info ?? null;
    this.scope = options.scope ?? parent?.scope ?? module.analysis.moduleScope;
    this.suspends = options.suspends ?? false;
    this.self = options.self ?? null;
    this.nativeSuper = options.nativeSuper ?? false;
    this.inClass = options.inClass ?? null;
    this.classValue = options.classValue ?? null;
  }

  /** A frame for an arrow function inside this one: same `this`, but no `yield*`. */
  arrow(scope?: Scope): Frame {
    return new Frame(this.module, this, {
      info: this.info,
      ...(scope ? { scope } : {}),
      self: this.self,
      nativeSuper: this.nativeSuper,
      inClass: this.inClass,
    });
  }

  /** A name fresh in the whole function; `$` cannot be part of a Python name. */
  name(hint: string): string {
    const names = this.#root().#names;
    const count = (names.get(hint) ?? 0) + 1;
    names.set(hint, count);
    return count === 1 ? `${hint}$` : `${hint}$${count}`;
  }

  /** A fresh temporary, declared at the top of the function. */
  temp(hint = "t"): string {
    const name = this.name(hint);
    this.temps.push(name);
    return name;
  }

  /** `let t$;` for the temporaries handed out so far. */
  declareTemps(): Statement[] {
    return this.temps.length === 0
      ? []
      : [
          js.declareAll(
            "let",
            this.temps.map((name) => js.typed(name, js.anyType())),
          ),
        ];
  }

  location(span: Span): Location {
    const { source } = this.module;
    return { start: position(source, span.start), end: position(source, span.end) };
  }

  #root(): Frame {
    let frame: Frame = this;
    while (frame.parent && frame.parent.info === frame.info) frame = frame.parent;
    return frame;
  }
}

function position(source: SourceFile, offset: number): { line: number; column: number } {
  const { line, column } = source.position(offset);
  return { line, column: column - 1 };
}
