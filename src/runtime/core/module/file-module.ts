/**
 * A module that only the running program can find: its text is compiled when it is imported. The
 * modules of `module.ts` are those that were compiled before the start. Made by `imports.ts`.
 */

import type { Waiting } from "../blocking/blocking.js";
import { Dict } from "../container/dict.js";
import { TYPE, type Value } from "../values.js";
import { compileText } from "./code.js";
import { hasFeature } from "./language-features.js";
import { moduleType, PyModule } from "./module.js";

/** Where a module was found. */
export interface ModuleSource {
  /** As tracebacks and `__file__` show it; null in a folder without `__init__.py`. */
  readonly file: string | null;
  /** `__path__` of a package. */
  readonly folder: string | null;
  read(): string;
}

export class FileModule extends PyModule {
  static override [TYPE] = moduleType;

  private readonly globals: Dict;

  constructor(
    name: string,
    private readonly source: ModuleSource,
  ) {
    super(name);
    const { file, folder } = source;
    this.globals = new Dict([
      ["__name__", name],
      ...(folder === null ? [] : [["__path__", folder] as const]),
      ...(file === null || !hasFeature("moduleFile") ? [] : [["__file__", file] as const]),
    ]);
  }

  override get file(): string | undefined {
    return this.source.file ?? undefined;
  }

  override own(name: string): Value | undefined {
    return this.globals.get(name);
  }

  override ownNames(): string[] {
    return [...this.globals.inserted()].map(([name]) => name);
  }

  override save(name: string, value: Value): void {
    this.globals.set(name, value);
  }

  override remove(name: string): boolean {
    return this.globals.delete(name);
  }

  override namespace(): Dict {
    return this.globals;
  }

  /** Its statements; raises SyntaxError as MicroPython does. */
  *body(): Waiting {
    const { source, globals } = this;
    if (source.file === null) return null;
    const code = compileText(source.read(), "exec", source.file);
    return yield* code.run({ globals, locals: globals });
  }
}
