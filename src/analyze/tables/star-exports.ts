/**
 * Builtin names that a star import of a runtime module hides. A test compares the rows with the
 * modules' exports. Read by `module-view.ts`.
 */
export const STAR_EXPORTED_BUILTINS: Readonly<Record<string, ReadonlySet<string>>> = {
  io: new Set(["open"]),
  math: new Set(["pow"]),
  re: new Set(["compile"]),
};
