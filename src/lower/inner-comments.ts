/**
 * Comments between the lines of one statement: each goes to the item of a list or the argument of a
 * call that it is about. Called by `statement.ts`; `expression.ts` attaches them.
 */
import { children } from "../analyze/walk.js";
import { childNodes, type Statement, type TargetComment, type TargetNode } from "../emit/tree.js";
import type { AnyNode, Comment, Expr, Stmt } from "../parser/ast.js";
import { target } from "./comments.js";
import type { Frame } from "./frame.js";

/** What stands between brackets and commas: the node that carries the comments, and its extent. */
interface Item {
  readonly node: Expr;
  readonly start: number;
  readonly end: number;
}

/** Takes the comments inside `node`, and lays each beside its item. */
export function takeInner(frame: Frame, node: Stmt): TargetComment[] {
  const { comments, besides, source } = frame.module;
  const lineOf = (offset: number): number => source.position(offset).line;
  const taken: TargetComment[] = [];
  while (comments[0] && comments[0].span.start < node.span.end) {
    const comment = comments.shift() as Comment;
    const place = comment.span.start;
    const items = itemsAround(node, place);
    const before = items.filter((item) => item.end <= place).at(-1);
    const after = items.find((item) => item.start > place);
    const isBehind = before && (!after || lineOf(before.end) === lineOf(place));
    const item = isBehind ? before : after;
    const text = target(comment, frame.module.source);
    taken.push(text);
    if (item === undefined) continue;
    const { above, behind } = besides.get(item.node) ?? { above: [], behind: [] };
    besides.set(
      item.node,
      isBehind ? { above, behind: [...behind, text] } : { above: [...above, text], behind },
    );
  }
  return taken;
}

/** Those of `comments` that no item in the target statements carries. */
export function homeless(
  comments: readonly TargetComment[],
  statements: readonly Statement[],
): TargetComment[] {
  const carried = new Set<TargetComment>();
  const visit = (node: TargetNode): void => {
    for (const item of itemsOf(node))
      for (const comment of [...(item?.beside?.above ?? []), ...(item?.beside?.behind ?? [])])
        carried.add(comment);
    childNodes(node).forEach(visit);
  };
  if (comments.length > 0) statements.forEach(visit);
  return comments.filter((comment) => !carried.has(comment));
}

const itemsOf = (node: TargetNode): readonly (TargetNode | null)[] => [
  ...(node.elements ?? []),
  ...(node.arguments ?? []),
  ...(node.type === "Property" ? [node.value] : []),
];

/** The items of the innermost brackets around a place. */
function itemsAround(root: Stmt, place: number): readonly Item[] {
  let items: readonly Item[] = [];
  let at: AnyNode | undefined = root;
  while (at !== undefined) {
    const inside = bracketed(at);
    if (inside.length > 0) items = inside;
    at = children(at).find(
      (child): child is AnyNode =>
        child !== null && child.span.start < place && place < child.span.end,
    );
  }
  return items;
}

function bracketed(node: AnyNode): readonly Item[] {
  switch (node.kind) {
    case "List":
    case "Tuple":
    case "Set":
      return node.elts.map(item);
    case "Dict":
      return node.values.map((value, i) => {
        const key = node.keys[i] ?? value;
        return { node: key, start: key.span.start, end: value.span.end };
      });
    case "Call":
      return [
        ...node.args.map(item),
        ...node.keywords.map(({ value, span }) => ({ node: value, ...span })),
      ];
    default:
      return [];
  }
}

const item = (node: Expr): Item => ({ node, start: node.span.start, end: node.span.end });
