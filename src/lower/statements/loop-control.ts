/** Lowers `break`, `continue` and `pass`, and the `else` of loops. */
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { AsyncFor, Break, Continue, For, Pass, While } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { lowerBlock } from "../statement.js";

/** `break` leaves the loop; out of a loop with `else` it leaves the block around both. */
export function lowerBreak(_node: Break, frame: Frame): Statement[] {
  return [js.breaks(frame.loops.at(-1) ?? null)];
}

export function lowerContinue(_node: Continue, _frame: Frame): Statement[] {
  return [js.continues()];
}

export function lowerPass(_node: Pass, _frame: Frame): Statement[] {
  return [];
}

/**
 * ```py
 * for x in xs:
 *     if x: break
 * else:
 *     none()
 * ```
 * ```ts
 * loop$: {
 *   for (const x of each(xs)) { if (truth(x)) break loop$; }
 *   none();
 * }
 * ```
 * @param loop writes the loop itself around the body it is given
 */
export function lowerLoop(
  node: For | AsyncFor | While,
  frame: Frame,
  loop: (body: () => Statement[]) => Statement[],
): Statement[] {
  const label = node.orelse.length > 0 ? frame.name("loop") : null;
  const statements = loop(() => {
    frame.loops.push(label);
    const body = lowerBlock(node.body, frame);
    frame.loops.pop();
    return body;
  });
  return label === null
    ? statements
    : [js.labelled(label, js.block([...statements, ...lowerBlock(node.orelse, frame)]))];
}
