/**
 * Prints a target program with a source map to the Python file: as TypeScript, or as JavaScript where
 * `erase-types.ts` has left the types out. Called by `compile.ts` after `link.ts`.
 */
import { print as printTree } from "esrap";
import ts from "esrap/languages/ts";
import { layout, type Visitors } from "./layout.js";
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
  /** For readers: long lines are broken. */
  readonly layout: boolean;
}

export function print(program: TargetNode, options: PrintOptions): EmittedModule {
  const copy = (list: readonly TargetComment[] | undefined) => (list ? [...list] : undefined);
  const above = (node: TargetNode) => (options.layout ? undefined : copy(node.leadingComments));
  const behind = (node: TargetNode) => copy(node.trailingComments);
  // biome-ignore lint/suspicious/noExplicitAny: the comments are ours; esrap asks for positions too, for which it has no use.
  const comments: any = { getLeadingComments: above, getTrailingComments: behind };
  const visitors = ts({ quotes: "double", ...comments });
  const { code, map } = printTree(
    // biome-ignore lint/suspicious/noExplicitAny: esrap takes any ESTree shape.
    program as any,
    // biome-ignore lint/suspicious/noExplicitAny: `Visitors` names the part of esrap's type in use.
    options.layout ? (layout(visitors as unknown as Visitors) as any) : visitors,
    { indent: "  ", sourceMapSource: options.source, sourceMapContent: options.sourceText },
  );
  return { code: code.endsWith("\n") ? code : `${code}\n`, map: JSON.stringify(map) };
}
