/** Decorators of functions and classes, called on what they decorate. Used by the lowering of both. */
import * as js from "../emit/build.js";
import type { Expression, Statement } from "../emit/tree.js";
import type { Expr } from "../parser/ast.js";
import { isOrderFree } from "./arguments.js";
import { locate, lowerExpression } from "./expression.js";
import type { Frame } from "./frame.js";
import { decoratorWaits } from "./waits.js";

export interface Decoration {
  /** What stands before the definition. */
  readonly before: readonly Statement[];
  apply(value: Expression): Expression;
}

/**
 * ```py
 * @route("/")
 * @cached
 * def index(items=load()): ...
 * ```
 * ```ts
 * const decorator$ = route("/");
 * const index$items = load();
 * index = call(decorator$, call(cached, function index(items = index$items) { ... }));
 * ```
 * @param first whether the definition has effects of its own, which come after those of the decorators
 */
export function decoration(
  decorators: readonly Expr[],
  { first, frame }: { readonly first: boolean; readonly frame: Frame },
): Decoration {
  const before: Statement[] = [];
  const targets = decorators.map((decorator) => {
    if (!first || isOrderFree(decorator)) return () => lowerExpression(decorator, frame);
    const name = frame.name("decorator");
    before.push(js.declare("const", js.id(name), lowerExpression(decorator, frame)));
    return () => js.id(name);
  });
  // Tracebacks name the line of the last decorator with arguments, else that of the first.
  const told = decorators.filter(({ kind }) => kind === "Call").at(-1) ?? decorators[0];
  const placed = (called: Expression): Expression => (told ? locate(called, told, frame) : called);
  const apply = (value: Expression): Expression =>
    decorators.reduceRight((inner, decorator, at) => {
      const target = (targets[at] as () => Expression)();
      return frame.suspends && decoratorWaits(decorator, frame)
        ? js.yieldAll(placed(js.rtCall("callWait", target, inner)))
        : placed(js.rtCall("call", target, inner));
    }, value);
  return { before, apply };
}
