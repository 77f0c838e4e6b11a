/** Shapes of statements that MicroPython's grammar does not have. Used by `shapes.ts`. */
import { childNamed, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";
import type { ShapeContext } from "./shapes.js";

export function checkAssign(node: CstNode, cx: ShapeContext): void {
  if (childNamed(node, "TypeDef") === undefined) return;
  const operators = node.children.filter((child) => child.name === "AssignOp");
  const second = operators[1];
  if (second !== undefined) cx.report("MPY2101", {}, span(second));
}

/** `return *a, b` and `yield *a`: the values are plain expressions. */
export function checkStarredResult(node: CstNode, cx: ShapeContext): void {
  const star = node.children.find((child) => child.name === "*");
  const statement = node.children[0]?.name ?? "";
  if (star !== undefined) cx.report("MPY2102", { statement }, span(star));
}

export function checkRaise(node: CstNode, cx: ShapeContext): void {
  const comma = childNamed(node, ",");
  if (comma !== undefined) cx.report("MPY2103", {}, span(comma));
}

export function checkAssert(node: CstNode, cx: ShapeContext): void {
  const { groups, trailingComma } = splitAtCommas(node.children.slice(1));
  const extra = groups[2]?.[0] ?? trailingComma;
  if (extra) cx.report("MPY2104", {}, span(extra));
}

export function checkImport(node: CstNode, cx: ShapeContext): void {
  const at = node.children.findIndex((child) => child.name === "import");
  const names = node.children.slice(at + 1);
  if (at > 0) {
    for (const child of names) if (child.name === ".") cx.report("MPY2107", {}, span(child));
    return;
  }
  const parenthesis = names.find((child) => child.name === "(");
  if (parenthesis !== undefined) cx.report("MPY2105", {}, span(parenthesis));
  const { trailingComma } = splitAtCommas(names);
  if (trailingComma !== null) cx.report("MPY2106", {}, span(trailingComma));
}

export function checkScopeNames(node: CstNode, cx: ShapeContext): void {
  const { trailingComma } = splitAtCommas(node.children.slice(1));
  if (trailingComma !== null) cx.report("MPY2106", {}, span(trailingComma));
}

export function checkWith(node: CstNode, cx: ShapeContext): void {
  const { trailingComma } = splitAtCommas(node.children.slice(1, -1));
  if (trailingComma !== null) cx.report("MPY2106", {}, span(trailingComma));
}

export function checkTry(node: CstNode, cx: ShapeContext): void {
  const names = node.children.map((child) => child.name);
  const hasExcept = names.includes("except");
  const orelse = childNamed(node, "else");
  if (!hasExcept && orelse !== undefined) cx.report("MPY2110", {}, span(orelse));
  else if (!hasExcept && !names.includes("finally")) {
    cx.report("MPY2109", {}, span(node.children[0] ?? node));
  }
  let bare: CstNode | null = null;
  node.children.forEach((child, i) => {
    const before = names[i - 1];
    if (child.name === "*" && before === "except") cx.report("MPY2111", {}, span(child));
    if (child.name === ",") cx.report("MPY2112", {}, span(child));
    if (child.name !== "except") return;
    if (bare !== null) cx.report("MPY2113", {}, span(bare));
    bare = names[i + 1] === "Body" ? child : null;
  });
}

/** `def f[T](x)` and `class A[T]`. */
export function checkDefinition(node: CstNode, cx: ShapeContext): void {
  const list = childNamed(node, "TypeParamList");
  if (list !== undefined) cx.report("MPY2120", { feature: "type parameters" }, span(list));
}

export function checkMatch(node: CstNode, cx: ShapeContext): void {
  cx.report("MPY2121", {}, span(node.children[0] ?? node));
}

export function checkTypeDefinition(node: CstNode, cx: ShapeContext): void {
  cx.report("MPY2122", {}, span(node.children[0] ?? node));
}

export function checkStatementGroup(node: CstNode, cx: ShapeContext): void {
  node.children.forEach((child, i) => {
    if (child.name === ";" && node.children[i - 1]?.name === ";") {
      cx.report("MPY1001", { found: "';'" }, span(child));
    }
  });
}

/** Emitters of the compiler itself; the code is the same Python whichever is chosen. */
const compilerDecorators: ReadonlySet<string> = new Set([
  "bytecode",
  "native",
  "viper",
  "asm_thumb",
  "asm_xtensa",
  "asm_rv32",
]);

export function checkDecorator(node: CstNode, cx: ShapeContext): void {
  const path = node.children.filter((child) => child.name === "VariableName");
  const [first, second] = path;
  if (first === undefined || cx.text(first) !== "micropython") return;
  const known = second !== undefined && compilerDecorators.has(cx.text(second));
  if (path.length !== 2 || !known) cx.report("MPY2114", {}, span(second ?? first));
}
