/**
 * `async for x in y`: most items are there at once, without a suspension.
 *
 *   const it$ = asyncIter(y);                  const it$ = asyncIter(y);
 *   const item$ = yield* it$.next();      ->   const item$ = it$.begin() ? yield* it$.rest : it$.value;
 */
import { call, conditional, id, member, yieldAll } from "../build.js";
import type { Expression, TargetNode } from "../tree.js";
import { importedCall } from "./imported-call.js";

export class AsyncFors {
  /** The variables that hold an AsyncLoop; lowering gives their names to nothing else. */
  readonly #loops = new Set<string>();

  replace(node: TargetNode): Expression | null {
    if (node.type === "VariableDeclarator") {
      const { id: variable, init } = node;
      const isLoop = init?.type === "CallExpression" && importedCall(init) === "runtime.asyncIter";
      if (isLoop) this.#loops.add(variable.name);
      return null;
    }
    if (node.type !== "YieldExpression" || !node.delegate) return null;
    const { callee } = node.argument;
    const loop = callee?.type === "MemberExpression" ? callee.object.name : undefined;
    if (callee?.property?.name !== "next" || !this.#loops.has(loop)) return null;
    const begun = call(member(id(loop), "begin"), []);
    const placed = { ...begun, ...(node.loc && { loc: node.loc }) };
    const rest = { ...yieldAll(member(id(loop), "rest")), ...(node.loc && { loc: node.loc }) };
    return conditional(placed, rest, member(id(loop), "value"));
  }
}
