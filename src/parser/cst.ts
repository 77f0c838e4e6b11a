/**
 * The concrete syntax tree: Lezer's tree as plain nodes with children, comments and errors taken
 * out. The rest of the parser reads this and does not know Lezer. Built without recursion, so that
 * only the depth limit bounds the input.
 */
import type { Comment, Span } from "./ast.js";
import { parser } from "./grammar/parser.js";

export interface CstNode extends Span {
  readonly name: string;
  /** All children in source order, tokens included; no comments, no error nodes. */
  readonly children: readonly CstNode[];
  /** The parser repaired something inside, nested blocks aside: the shape is not to be trusted. */
  readonly broken: boolean;
}

/** Where the parser had to skip or invent something. */
export interface SyntaxFault extends Span {
  /** Names of the nodes around it, innermost first. */
  readonly within: readonly string[];
  /** Start of the innermost node around it. */
  readonly parentStart: number;
}

export interface Cst {
  /** Null when the nesting is too deep to work with. */
  readonly root: CstNode | null;
  readonly comments: readonly Comment[];
  readonly faults: readonly SyntaxFault[];
  /** Where the nesting became too deep. */
  readonly tooDeep: Span | null;
}

/** Deeper than any real program, far from the stack limits of what walks the tree later. */
export const MAX_DEPTH = 600;

interface OpenNode {
  readonly name: string;
  readonly start: number;
  end: number;
  children: CstNode[];
  broken: boolean;
}

const NO_CHILDREN: readonly CstNode[] = [];
/** A fault inside one of these is not a fault of what contains it. */
const blocks: ReadonlySet<string> = new Set(["Body", "Script"]);

export function parseCst(text: string): Cst {
  const comments: Comment[] = [];
  const faults: SyntaxFault[] = [];
  const stack: OpenNode[] = [];
  let root: CstNode | null = null;
  let tooDeep: Span | null = null;

  let tree: ReturnType<typeof parser.parse>;
  try {
    tree = parser.parse(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { root: null, comments, faults, tooDeep: { start: 0, end: 0 } };
  }

  const cursor = tree.cursor();
  const close = (): void => {
    const open = stack.pop();
    if (open === undefined) return;
    const children = open.children.length === 0 ? NO_CHILDREN : open.children;
    const { name, start, end, broken } = open;
    const node: CstNode = { name, start, end, children, broken };
    const parent = stack[stack.length - 1];
    if (parent === undefined) root = node;
    else {
      parent.children.push(node);
      if (broken && !blocks.has(name)) parent.broken = true;
    }
  };

  walk: for (;;) {
    const { name, from: start, to: end } = cursor;
    let entered = false;
    if (name === "Comment") {
      comments.push({
        span: { start, end },
        text: text.slice(start, end),
        trailing: codeBefore(text, start),
      });
    } else if (name === "⚠") {
      const within: string[] = [];
      for (let i = stack.length - 1; i >= 0 && within.length < 6; i--) {
        within.push(stack[i]?.name ?? "");
      }
      const parent = stack[stack.length - 1];
      faults.push({ start, end, within, parentStart: parent?.start ?? 0 });
      if (parent !== undefined) parent.broken = true;
    } else {
      if (stack.length >= MAX_DEPTH) {
        tooDeep = { start, end: Math.min(end, start + 1) };
        break;
      }
      stack.push({ name, start, end, children: [], broken: false });
      entered = cursor.firstChild();
      if (!entered) close();
    }
    while (!entered && !cursor.nextSibling()) {
      if (!cursor.parent()) break walk;
      close();
    }
  }
  return { root: tooDeep === null ? root : null, comments, faults, tooDeep };
}

/** Does code stand before `offset` on its line? */
function codeBefore(text: string, offset: number): boolean {
  for (let i = offset - 1; i >= 0; i--) {
    const char = text[i];
    if (char === "\n") return false;
    if (char !== " " && char !== "\t" && char !== "\f" && char !== "\v") return true;
  }
  return false;
}
