/**
 * `await asyncio.sleep_ms(t)`: the object that `sleep_ms()` returns queues the running task, yields once
 * and then ends with None. So no `yield*` needs to ask it twice:
 *
 *   yield* asyncio.sleep_ms(10);   ->   asyncio.sleep_ms(10).next(), yield null;
 */
import { call, literal, member, sequence, yieldOne } from "../build.js";
import type { Expression, TargetNode } from "../tree.js";
import { importedCall } from "./imported-call.js";

/** What ends with None after one suspension, by module; as `sleep(t)`, without further arguments. */
const LEAVES: ReadonlySet<string> = new Set(["module:asyncio.sleep", "module:asyncio.sleep_ms"]);

export function awaitLeaf(node: TargetNode, isStatement: boolean): Expression | null {
  if (node.type !== "YieldExpression" || !node.delegate) return null;
  const { argument } = node;
  if (argument.type !== "CallExpression" || argument.arguments.length !== 1) return null;
  const name = importedCall(argument);
  if (name === null || !LEAVES.has(name)) return null;
  const begin = call(member(argument, "next"), []);
  const suspended = yieldOne(literal(null));
  // The loop sends None, but `coroutine.send(x)` may send anything.
  const parts = isStatement ? [begin, suspended] : [begin, suspended, literal(null)];
  return { ...sequence(...parts), ...(node.loc && { loc: node.loc }) };
}
