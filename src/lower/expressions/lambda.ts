/** Lowers `lambda` to an arrow function. */
import type { FunctionInfo } from "../../analyze/analysis.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Lambda } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { Frame } from "../frame.js";
import { lowerParameters } from "../parameters.js";
import { withSignature } from "../signature.js";

/**
 * ```py
 * lambda p: p[1]
 * lambda x, i=i: x + i
 * ```
 * ```ts
 * (p: any) => getitem(p, 1)
 * ((lambda$i) => def((x: any, i: any = lambda$i) => add(x, i), "x, i="))(i)
 * ```
 */
export function lowerLambda(node: Lambda, frame: Frame): Expression {
  const info = frame.module.analysis.functions.get(node) as FunctionInfo;
  const { params, prologue, kept } = lowerParameters(info, frame, { method: false });
  const generator = info.flavour !== "plain";
  const inner = generator
    ? new Frame(frame.module, frame, {
        info,
        scope: info.scope,
        suspends: true,
        inClass: frame.inClass,
      })
    : new Frame(frame.module, frame, {
        info,
        scope: info.scope,
        self: frame.self,
        nativeSuper: frame.nativeSuper,
        inClass: frame.inClass,
      });
  const value = lowerExpression(node.body, inner);
  const temps = inner.declareTemps();
  const isBare = !generator && prologue.length === 0 && temps.length === 0;
  const body = isBare ? value : js.block([...temps, ...prologue, js.returns(value)]);
  const lambda = generator
    ? js.functionExpression({
        name: null,
        params,
        body: body.body,
        generator: true,
        returns: js.generatorType(),
      })
    : js.arrow(params, body);
  const described = withSignature(lambda, info, frame, "<lambda>");
  return kept.length === 0
    ? described
    : js.call(
        js.arrow(
          kept.map(({ name }) => js.typed(name, js.anyType())),
          described,
        ),
        kept.map(({ value: kept }) => kept),
      );
}
