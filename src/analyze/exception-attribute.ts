/**
 * Which attributes of caught exceptions are plain reads: `e.args` of any, `e.errno` of an OSError,
 * where `e` is bound by `except ... as e` alone. Asked by `attributes.ts`.
 */
import type { Attribute, ExceptHandler } from "../parser/ast.js";
import type { CallContext } from "./call-context.js";
import { meaning } from "./module-view.js";

export function isExceptionAttribute(node: Attribute, context: CallContext): boolean {
  const { facts, view } = context;
  const { attr, value } = node;
  if (attr !== "args" && attr !== "errno") return false;
  const isOwn = facts.methods.has(attr) || facts.storedAttributes.has(attr);
  if (!facts.closedWorld || facts.dynamicStores || facts.deletedAttributes.has(attr) || isOwn) {
    return false;
  }
  if ([...facts.bodyNames.values()].some((names) => names.has(attr))) return false;
  const stores = value.kind === "Name" ? (view.table.bindingOf.get(value)?.stores ?? []) : [];
  if (!stores.every((store) => store.kind === "ExceptHandler")) return false;
  const around = stores.filter(
    ({ span }) => span.start < node.span.start && node.span.end <= span.end,
  );
  const handler = around.reduce<ExceptHandler | undefined>(
    (inner, one) => (inner === undefined || one.span.start > inner.span.start ? one : inner),
    undefined,
  );
  return handler !== undefined && (attr === "args" || catchesOSError(handler, context));
}

function catchesOSError({ type }: ExceptHandler, { facts, view }: CallContext): boolean {
  const found = type === null ? null : meaning(type, view, facts);
  return found?.kind === "builtin" && found.name === "OSError";
}
