/**
 * Concrete tree -> AST. Statements that the parser had to repair are left out: their faults are
 * reported, and their shape cannot be trusted. Called by `parse.ts`.
 */
import type { SourceFile } from "../diagnostics/source-file.js";
import type { Expr, Span, Stmt } from "./ast.js";
import type { Build } from "./build.js";
import type { CstNode } from "./cst.js";
import { type ExpressionName, expressionBuilders } from "./expressions/index.js";
import type { Report } from "./scan.js";
import { type StatementName, statementBuilders } from "./statements/index.js";

export function buildAst(source: SourceFile, root: CstNode, report: Report): readonly Stmt[] {
  return new AstBuilder(source, report).body(root);
}

class AstBuilder implements Build {
  constructor(
    private readonly source: SourceFile,
    readonly report: Report,
  ) {}

  text(node: Span): string {
    return this.source.text.slice(node.start, node.end);
  }

  expr(node: CstNode): Expr {
    return expressionBuilders[node.name as ExpressionName](this, node);
  }

  body(node: CstNode): Stmt[] {
    const statements: Stmt[] = [];
    for (const child of node.children) {
      if (child.name === "StatementGroup") statements.push(...this.body(child));
      else if (!child.broken && isStatement(child.name)) {
        statements.push(statementBuilders[child.name](this, child, []));
      }
    }
    return statements;
  }
}

/** Tokens of a block (`:`, `;`) and statements that MicroPython lacks have no builder. */
function isStatement(name: string): name is StatementName {
  return Object.hasOwn(statementBuilders, name);
}
