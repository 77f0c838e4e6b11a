/**
 * What a module does to `sys.path`. Folders that it names literally are searched when the program is
 * compiled; anything else can only be followed while it runs. Called by `graph.ts`.
 */
import { children } from "../analyze/walk.js";
import type { AnyNode, Expr, Module } from "../parser/ast.js";

export interface SearchFolder {
  /** Relative to the project root. */
  readonly folder: string;
  /** As it stands in the program. */
  readonly written: string;
}

export interface SearchPathUse {
  /** In the order in which they stand there. */
  readonly folders: readonly SearchFolder[];
  /** Modules may come from places that only the running program knows. */
  readonly isOpen: boolean;
  /** Such places may stand before MicroPython's own modules: `sys.path` is more than added to. */
  readonly hidesBuiltins: boolean;
}

const CHANGES: ReadonlySet<string> = new Set(["append", "extend", "insert"]);

/**
 * ```py
 * sys.path.append("lib/drivers")
 * sys.path.insert(0, "/src")
 * sys.path += ["vendor"]
 * ```
 */
export function searchPathUse(module: Module): SearchPathUse {
  const folders: SearchFolder[] = [];
  let isOpen = false;
  let hidesBuiltins = false;
  const stack: AnyNode[] = [module];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const added = addedFolders(node);
    if (added !== null) {
      for (const written of added) {
        const folder = insideProject(written);
        if (folder !== null) folders.push({ folder, written });
      }
      continue;
    }
    hidesBuiltins ||= isPath(node) || importsPath(node);
    isOpen ||= hidesBuiltins || isMount(node);
    stack.push(
      ...children(node)
        .filter((child) => child !== null)
        .reverse(),
    );
  }
  return { folders, isOpen, hidesBuiltins };
}

/** The folders that a statement or call adds; null where it is none of the forms above. */
function addedFolders(node: AnyNode): string[] | null {
  if (node.kind === "AugAssign" && isPath(node.target)) return texts([node.value]);
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return null;
  if (!CHANGES.has(node.func.attr) || !isPath(node.func.value)) return null;
  return texts(node.func.attr === "insert" ? node.args.slice(1) : node.args);
}

function texts(values: readonly Expr[]): string[] | null {
  const found: string[] = [];
  for (const value of values) {
    const inner = value.kind === "List" || value.kind === "Tuple" ? texts(value.elts) : [];
    if (inner === null) return null;
    found.push(...inner);
    if (value.kind === "Constant" && value.value.type === "str") found.push(value.value.value);
    else if (value.kind !== "List" && value.kind !== "Tuple") return null;
  }
  return found;
}

/** `/lib` and `./lib` are folders of the board's root, as `lib` is; null above it. */
function insideProject(folder: string): string | null {
  const parts = folder.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? null : parts.join("/");
}

function isPath(node: AnyNode): boolean {
  return (
    node.kind === "Attribute" &&
    node.attr === "path" &&
    node.value.kind === "Name" &&
    (node.value.id === "sys" || node.value.id === "usys")
  );
}

/** `os.mount(...)`, `from vfs import mount`: there may be modules on what is mounted. */
function isMount(node: AnyNode): boolean {
  if (node.kind === "ImportFrom") return node.names.some(({ name }) => name === "mount");
  return node.kind === "Attribute" && node.attr === "mount";
}

function importsPath(node: AnyNode): boolean {
  if (node.kind !== "ImportFrom") return false;
  return isSys(node.module) && node.names.some(({ name }) => name === "path");
}

const isSys = (module: string | null): boolean => module === "sys" || module === "usys";
