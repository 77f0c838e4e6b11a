/**
 * The target tree: ESTree / TSESTree nodes as `esrap` prints them. Lowering builds them with
 * `build.ts`; `link.ts` resolves the runtime names in them; `print.ts` turns them into text.
 */

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly column: number;
}

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

/** A comment to print before or after the node that carries it; `value` is without delimiters. */
export interface TargetComment {
  readonly type: "Line" | "Block";
  readonly value: string;
  /** The author left a blank line above it. */
  readonly blankAbove?: boolean;
}

/** Comments above and behind an item of a list or an argument of a call, which then has a line of its own. */
export interface Beside {
  readonly above: readonly TargetComment[];
  readonly behind: readonly TargetComment[];
}

/**
 * Any target node. Nodes are built once and only ever completed with the place they come from
 * (`loc`) and the comments that belong to them.
 */
export interface TargetNode {
  readonly type: string;
  loc?: Location;
  leadingComments?: TargetComment[];
  trailingComments?: TargetComment[];
  /** Of a statement: the author left a blank line above it. Unset where nobody wrote it. */
  blankAbove?: boolean;
  /** Comments of an item between brackets. */
  beside?: Beside;
  // biome-ignore lint/suspicious/noExplicitAny: the fields depend on `type`; `build.ts` gives them their types.
  [field: string]: any;
}

export interface Expression extends TargetNode {
  readonly role?: "expression";
}

export interface Statement extends TargetNode {
  readonly role?: "statement";
}

export interface Pattern extends TargetNode {
  readonly role?: "pattern" | "expression";
}

/** A TypeScript type node; left out of the JavaScript text. */
export interface TypeNode extends TargetNode {
  readonly role?: "type";
}

/** An identifier that names an export of the runtime or of a module; `link.ts` imports it. */
export interface ImportedIdentifier extends Expression {
  readonly type: "Identifier";
  name: string;
  readonly imported: { readonly from: string; readonly name: string; readonly local: string };
}

export function isNode(value: unknown): value is TargetNode {
  return typeof value === "object" && value !== null && "type" in value;
}

/** The nodes right below `node`. */
export const childNodes = (node: TargetNode): TargetNode[] =>
  Object.values(node).flat().filter(isNode);
