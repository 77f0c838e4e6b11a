/**
 * What the modules of the runtime export, and how each export is used. Read by the analysis and by
 * `compile.ts`; the rows come from `runtime-signatures.ts`, which a script writes.
 */
import {
  RUNTIME_CLASSES,
  RUNTIME_HOMES,
  RUNTIME_MEMBERS,
  RUNTIME_MODULES,
  RUNTIME_PARTIAL,
  RUNTIME_STATICS,
} from "./runtime-signatures.js";

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

export interface RuntimeName {
  readonly module: string;
  readonly name: string;
}

/** The same thing under the name that it is known by: `asyncio.core.Task` is `asyncio.Task`. */
export function runtimeHome(module: string, name: string): RuntimeName {
  const path = `${module}.${name}`;
  return Object.hasOwn(RUNTIME_HOMES, path)
    ? splitPath(RUNTIME_HOMES[path] as string)
    : { module, name };
}

/** `machine.Pin` as module and name. */
export function splitPath(path: string): RuntimeName {
  const dot = path.lastIndexOf(".");
  return { module: path.slice(0, dot), name: path.slice(dot + 1) };
}

export function runtimeKind(module: string, name: string): RuntimeExport["kind"] | null {
  return runtimeExport(module, name)?.kind ?? null;
}

/** The functions of a module, as a program calls the module (`utime`), that block. */
export function blockingExports(module: string): string[] {
  const rows = RUNTIME_MODULES[module] ?? RUNTIME_MODULES[module.replace(/^u/, "")] ?? {};
  return Object.keys(rows).filter((name) => rows[name]?.[0] === "blocking");
}

export interface RuntimeMethod {
  readonly signature: string;
  readonly blocking?: true;
  /** Calling it gives a generator. */
  readonly coroutine?: true;
}

/** A method of a class that a runtime module exports. */
export function runtimeMethod(module: string, cls: string, name: string): RuntimeMethod | null {
  const rows = RUNTIME_CLASSES[`${module}.${cls}`];
  return rows !== undefined && Object.hasOwn(rows, name) ? (rows[name] ?? null) : null;
}

/** Its `signature` is null for a field. */
export interface RuntimeMember {
  readonly signature: string | null;
}

/** What instances of such a class have under the name, special methods and fields among it. */
export function runtimeMember(module: string, cls: string, name: string): RuntimeMember | null {
  if (name === "__init__") return runtimeExport(module, cls);
  const rows = RUNTIME_MEMBERS[`${module}.${cls}`];
  return rows !== undefined && Object.hasOwn(rows, name)
    ? { signature: rows[name] ?? null }
    : runtimeMethod(module, cls, name);
}

/** The methods of a class of a runtime module that block. */
export function blockingMethodsOf(module: string, cls: string): string[] {
  const rows = RUNTIME_CLASSES[`${module}.${cls}`] ?? {};
  return Object.keys(rows).filter((name) => rows[name]?.blocking === true);
}

/** Whether only some ports have that name of a module: which one is known when the program runs. */
export function isPartial(module: string, name: string): boolean {
  return RUNTIME_PARTIAL[module]?.includes(name) === true;
}

/** Of these, classes that raise when an instance is made where the port lacks them. */
export const GUARDED: ReadonlySet<string> = new Set([
  "machine.I2S",
  "machine.TouchPad",
  "network.LAN",
  "network.WLAN",
]);

/** Whether a class of a runtime module has the constant: `Pin.OUT`. */
export function isRuntimeStatic(module: string, cls: string, name: string): boolean {
  return RUNTIME_STATICS[`${module}.${cls}`]?.includes(name) === true;
}

const METHOD_NAMES: ReadonlySet<string> = new Set(
  Object.values(RUNTIME_CLASSES).flatMap(Object.keys),
);

/** Some class of the runtime has a method of that name. */
export function isRuntimeMethod(name: string): boolean {
  return METHOD_NAMES.has(name);
}
