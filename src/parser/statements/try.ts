/** `try: ... except A as e: ... else: ... finally: ...`. */
import type { ExceptHandler, Stmt, Try } from "../ast.js";
import { type Build, must, span } from "../build.js";
import type { CstNode } from "../cst.js";

interface Clause {
  readonly keyword: CstNode;
  readonly header: CstNode[];
  body: CstNode | null;
}

export function buildTry(build: Build, node: CstNode): Try {
  const handlers: ExceptHandler[] = [];
  const blocks = new Map<string, Stmt[]>();
  for (const clause of readClauses(node)) {
    const body = build.body(must(clause.body ?? undefined, "the body of a try clause"));
    if (clause.keyword.name === "except") handlers.push(buildHandler(build, clause, body));
    else blocks.set(clause.keyword.name, body);
  }
  return {
    kind: "Try",
    span: span(node),
    body: blocks.get("try") ?? [],
    handlers,
    orelse: blocks.get("else") ?? [],
    finalbody: blocks.get("finally") ?? [],
  };
}

/** Each clause is a keyword, what stands before its colon, and a body. */
function readClauses(node: CstNode): Clause[] {
  const clauses: Clause[] = [];
  let open: Clause | null = null;
  for (const child of node.children) {
    if (open === null) {
      open = { keyword: child, header: [], body: null };
      clauses.push(open);
    } else if (child.name === "Body") {
      open.body = child;
      open = null;
    } else {
      open.header.push(child);
    }
  }
  return clauses;
}

function buildHandler(build: Build, clause: Clause, body: Stmt[]): ExceptHandler {
  const header = clause.header.filter((child) => child.name !== "*");
  const [type, , name] = header;
  return {
    kind: "ExceptHandler",
    span: span(clause.keyword, clause.body ?? clause.keyword),
    type: type === undefined ? null : build.expr(type),
    name: name === undefined ? null : build.text(name),
    body,
  };
}
