/** Recognises calls of what the runtime exports, before the imports are linked. Used by `inline.ts`. */
import type { TargetNode } from "../tree.js";

/** `runtime.invoke` or `module:asyncio.sleep` when the call is one of that function; else null. */
export function importedCall({ callee }: TargetNode): string | null {
  if (callee.type === "Identifier") return importedName(callee);
  if (callee.type !== "MemberExpression" || callee.computed || callee.optional) return null;
  const { object, property } = callee;
  if (object.type !== "Identifier" || object.imported?.name !== "*") return null;
  return `${object.imported.from}.${property.name}`;
}

function importedName({ imported }: TargetNode): string | null {
  return imported === undefined ? null : `${imported.from}.${imported.name}`;
}
