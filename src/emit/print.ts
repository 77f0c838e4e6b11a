/**
 * Prints a target program with a source map to the Python file: as TypeScript, or as JavaScript where
 * `erase-types.ts` has left the types out. Called by `compile.ts` after `link.ts`.
 */
import { print as printTree } from "esrap";
import ts from "esrap/languages/ts";
import type { TargetComment, TargetNode } from "./tree.js";

export interface EmittedModule {
  readonly code: string;
  /** Source map version 3, as JSON. */
  readonly map: string;
}

export interface PrintOptions {
  /** Name of the Python file as it stands in the source map. */
  readonly source: string;
  readonly sourceText: string;
}

export function print(program: TargetNode, options: PrintOptions): EmittedModule {
  const comments = (list: readonly TargetComment[] | undefined) => (list ? [...list] : undefined);
  const { code, map } = printTree(
    // biome-ignore lint/suspicious/noExplicitAny: esrap takes any ESTree shape.
    program as any,
    ts({
      quotes: "double",
      // biome-ignore lint/suspicious/noExplicitAny: the node is one of ours.
      getLeadingComments: (node: any) => comments(node.leadingComments) as any,
      // biome-ignore lint/suspicious/noExplicitAny: the node is one of ours.
      getTrailingComments: (node: any) => comments(node.trailingComments) as any,
    }),
    { indent: "  ", sourceMapSource: options.source, sourceMapContent: options.sourceText },
  );
  return { code: code.endsWith("\n") ? code : `${code}\n`, map: JSON.stringify(map) };
}
