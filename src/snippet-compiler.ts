/**
 * The compiler for programs that compile text while they run (`exec`, `eval`, `compile`): given to
 * `run()` by the command `run` and by the start file of a built project. It is the only thing that
 * brings compiler and runtime together; a program that does not need it loads none of the compiler.
 */
import { compileSnippet, type SnippetResult } from "./compile-snippet.js";
import type { SnippetCompiler } from "./runtime/core/module/code.js";
import * as runtime from "./runtime/index.js";

/** Texts that are kept compiled: programs evaluate the same ones again and again. */
const KEPT = 64;

export function snippetCompiler(): SnippetCompiler {
  const known = new Map<string, SnippetResult>();
  return {
    runtime,
    compile(text, mode, file) {
      const key = `${mode}\0${file}\0${text}`;
      let result = known.get(key);
      if (result === undefined) result = compileSnippet({ text, mode, file });
      else known.delete(key);
      known.set(key, result);
      if (known.size > KEPT) known.delete(known.keys().next().value as string);
      return result;
    },
  };
}
