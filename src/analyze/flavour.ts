/**
 * Plain function, generator or coroutine: by what stands in the function's own body. As in
 * MicroPython an `await` makes any function a coroutine.
 */
import type { AnyNode, FunctionNode } from "../parser/ast.js";
import type { FunctionInfo } from "./analysis.js";
import { children } from "./walk.js";

export function flavourOf(node: FunctionNode): FunctionInfo["flavour"] {
  if (node.kind === "AsyncFunctionDef") {
    return "coroutine";
  }
  let flavour: FunctionInfo["flavour"] = "plain";
  const stack: AnyNode[] = node.kind === "Lambda" ? [node.body] : [...node.body];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    switch (at.kind) {
      case "Await":
      case "AsyncFor":
      case "AsyncWith":
        return "coroutine";
      case "Yield":
      case "YieldFrom":
        flavour = "generator";
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        stack.push(...at.decorator_list, at.args);
        continue;
      case "Lambda":
        stack.push(at.args);
        continue;
      case "GeneratorExp":
        // Its own generator, but for the first iterable.
        if (at.generators[0] !== undefined) {
          stack.push(at.generators[0].iter);
        }
        continue;
    }
    for (const child of children(at)) {
      if (child !== null) {
        stack.push(child);
      }
    }
  }
  return flavour;
}
