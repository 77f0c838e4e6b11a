/**
 * Carries `#` comments over: each goes before the statement it stands above, or behind the one on
 * its line. Called by `statement.ts` for every block.
 */
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Statement, TargetComment } from "../emit/tree.js";
import type { Comment, Stmt } from "../parser/ast.js";
import { blankAbove } from "./blank-lines.js";
import type { Frame } from "./frame.js";

/** Takes the comments before `offset` that have not been used yet. */
export function takeComments(frame: Frame, offset: number): TargetComment[] {
  const { comments, source } = frame.module;
  const taken: TargetComment[] = [];
  while (comments[0] && comments[0].span.start < offset)
    taken.push(target(comments.shift() as Comment, source));
  return taken;
}

/** Takes the comment on the line where `node` ends, where there is one. */
export function takeTrailing(frame: Frame, node: Stmt): TargetComment[] {
  const [next] = frame.module.comments;
  if (!next?.trailing) return [];
  const { source } = frame.module;
  return source.position(next.span.start).line === source.position(endOf(node, source.text)).line
    ? [target(frame.module.comments.shift() as Comment, source)]
    : [];
}

export function attachComments<N extends Statement>(
  statement: N,
  comments: readonly TargetComment[],
  place: "first" | "last" = "last",
): N {
  if (comments.length > 0) {
    const others = statement.leadingComments ?? [];
    statement.leadingComments =
      place === "first" ? [...comments, ...others] : [...others, ...comments];
  }
  return statement;
}

/** Where the text of a statement ends: a block's span may reach to the line behind it. */
function endOf({ span }: Stmt, text: string): number {
  let { end } = span;
  while (end > span.start && /\s/.test(text[end - 1] as string)) end--;
  return end;
}

export const target = ({ text, span }: Comment, source: SourceFile): TargetComment => ({
  type: "Line",
  value: text.slice(1).trimEnd(),
  blankAbove: blankAbove(source, span.start),
});
