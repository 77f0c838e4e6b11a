/**
 * What a decorator means to the compiler. Transparent ones choose a code generator in MicroPython
 * and change nothing in what the function does; the lowering drops them.
 */
import type { Expr } from "../parser/ast.js";

/** `@micropython.native` and the like; `asm_thumb` is not: its body is no Python. */
const TRANSPARENT: ReadonlySet<string> = new Set(["native", "viper", "bytecode"]);

export function isTransparentDecorator(node: Expr): boolean {
  return (
    node.kind === "Attribute" &&
    node.value.kind === "Name" &&
    node.value.id === "micropython" &&
    TRANSPARENT.has(node.attr)
  );
}

/**
 * `@rp2.asm_pio(...)`: runs the function with globals of its own, the instructions of the assembler,
 * in place of those of the module.
 */
export function isAssembler(node: Expr): boolean {
  if (node.kind !== "Call") return false;
  const { func } = node;
  return (
    (func.kind === "Name" && func.id === "asm_pio") ||
    (func.kind === "Attribute" && func.attr === "asm_pio")
  );
}

export type MethodDecorator =
  | { readonly kind: "staticmethod" | "classmethod" | "property" }
  | { readonly kind: "setter" | "deleter"; readonly property: string }
  | null;

/** `isBuiltin`: whether that very Name means the builtin. */
export function methodDecorator(node: Expr, isBuiltin: (node: Expr) => boolean): MethodDecorator {
  if (node.kind === "Name" && isBuiltin(node)) {
    return node.id === "staticmethod" || node.id === "classmethod" || node.id === "property"
      ? { kind: node.id }
      : null;
  }
  if (
    node.kind === "Attribute" &&
    node.value.kind === "Name" &&
    (node.attr === "setter" || node.attr === "deleter")
  ) {
    return { kind: node.attr, property: node.value.id };
  }
  return null;
}
