/** Lays out bodies: the statements of blocks and of the program, the members of classes. Used by `layout.ts`. */
import type { Context } from "./layout-context.js";
import { hasBlankAbove, isGenerated } from "./layout-nodes.js";
import type { TargetNode } from "./tree.js";

/** What blank lines set apart, whatever the author did. */
const DEFINITIONS = new Set([
  "ClassDeclaration",
  "FunctionDeclaration",
  "MethodDefinition",
  "StaticBlock",
]);

/** Statements or members, with the blank lines of the author between them; `isDefinition`: more that stands apart. */
export function body(
  nodes: readonly TargetNode[],
  context: Context,
  isDefinition: (node: TargetNode) => boolean = () => false,
): void {
  const standsApart = (node: TargetNode): boolean =>
    DEFINITIONS.has(node.type) ||
    isDefinition(node) ||
    (node.type === "ExportNamedDeclaration" && standsApart(node.declaration));
  let above: { readonly node: TargetNode; readonly multiline: boolean } | null = null;
  for (const node of nodes) {
    const text = context.new();
    text.visit(node);
    if (above !== null) {
      const isBroken = above.multiline || text.multiline;
      const isApart =
        standsApart(above.node) ||
        standsApart(node) ||
        (hasBlankAbove(node) ?? (isBroken || node.type !== above.node.type)) ||
        (isGenerated(above.node) && !isGenerated(node));
      if (isApart) context.margin();
      context.newline();
    }
    context.append(text);
    above = { node, multiline: text.multiline };
  }
}

/** The same in braces, behind what opens them. */
export function braces(open: string, nodes: readonly TargetNode[], context: Context): void {
  context.write(`${open}{`);
  const text = context.new();
  body(nodes, text);
  if (!text.empty()) {
    context.indent();
    context.newline();
    context.append(text);
    context.dedent();
    context.newline();
  }
  context.write("}");
}
