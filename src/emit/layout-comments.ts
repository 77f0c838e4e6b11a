/** Lays out comments, with the blank lines of the author between them. Used by `layout.ts`. */
import type { Context } from "./layout-context.js";
import type { TargetComment, TargetNode } from "./tree.js";

/** Prints the comments above a statement, up to where it starts. */
export function commentsAbove(node: TargetNode, context: Context): void {
  const comments = node.leadingComments ?? [];
  if (comments.length === 0) return;
  // A docstring belongs to what follows.
  const last = comments.at(-1)?.type === "Block" ? comments.length - 1 : comments.length;
  const isApart = (i: number): boolean | undefined =>
    i === last ? node.blankAbove : comments[i]?.blankAbove;
  for (const [i, comment] of comments.entries()) {
    if (i > 0 && isApart(i)) context.margin();
    if (i > 0) context.newline();
    writeComment(comment, context);
  }
  if (node.onlyComments) return;
  if (last === comments.length && isApart(last)) context.margin();
  context.newline();
}

/** Prints a comment, of one or several lines. */
export function writeComment({ type, value }: TargetComment, context: Context): void {
  const text = type === "Line" ? `//${value}` : `/*${value}*/`;
  for (const [i, line] of text.split("\n").entries()) {
    if (i > 0) context.newline();
    context.write(line.trimEnd());
  }
}
