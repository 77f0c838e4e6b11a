/** What layout knows of esrap's printing. Used by the files of `layout.ts`. */
import type { TargetNode } from "./tree.js";

/** The part of esrap's printing context that is used here. */
export interface Context {
  readonly multiline: boolean;
  empty(): boolean;
  margin(): void;
  "new"(): Context;
  append(other: Context): void;
  visit(node: TargetNode): void;
  write(text: string): void;
  newline(): void;
  indent(): void;
  dedent(): void;
  measure(): number;
}

export type Print = (context: Context) => void;
export type Visitor = (node: TargetNode, context: Context) => void;
export type Items = readonly (TargetNode | null)[];
