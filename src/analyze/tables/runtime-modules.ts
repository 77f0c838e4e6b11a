/**
 * What the modules of the runtime export, and how each export is used. Read by the analysis and by
 * `compile.ts`; the rows come from `runtime-signatures.ts`, which a script writes.
 */
import { RUNTIME_MODULES } from "./runtime-signatures.js";

export interface RuntimeExport {
  /** blocking: built with `blocking(...)`. coroutine: calling it gives a generator. */
  readonly kind: "function" | "class" | "blocking" | "coroutine" | "constant";
  /** Null: unknown, or nothing to call; a call goes through the runtime. */
  readonly signature: string | null;
}

/** Null where the module has no such export (or there is no such module). */
export function runtimeExport(module: string, name: string): RuntimeExport | null {
  const rows = Object.hasOwn(RUNTIME_MODULES, module) ? RUNTIME_MODULES[module] : undefined;
  const row = rows !== undefined && Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (row === undefined) {
    return null;
  }
  const [kind, signature] = row;
  return { kind, signature: signature ?? null };
}

export function runtimeKind(module: string, name: string): RuntimeExport["kind"] | null {
  return runtimeExport(module, name)?.kind ?? null;
}
